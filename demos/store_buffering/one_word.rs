//! Both say it in one word, by read-modify-writes that tell what the other has said.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicU8;
use super::rt::sync::atomic::Ordering::{Acquire, Release};

/// In a table whose memory has been given back.
pub const GIVEN_BACK: u64 = 0xdead;

/// The table is to be found.
const PUBLISHED: u8 = 1;
/// The reader uses it.
const READING: u8 = 2;

/// A table, and whether it is to be found and read. The table is plain memory: to use it at the
/// wrong time is a data race.
pub struct Map {
    state: AtomicU8,
    table: UnsafeCell<u64>,
}

racelab::fields!(Map { state: writer | reader, table: writer -> reader });

impl Map {
    pub fn new(table: u64) -> Map {
        Map { state: AtomicU8::new(PUBLISHED), table: UnsafeCell::new(table) }
    }

    /// A new table, where the memory of the last one has been given back. One writer.
    pub fn publish(&self, table: u64) {
        self.set(table);
        // Pairs with the first of `read`: whoever finds the table sees what is in it.
        self.state.fetch_or(PUBLISHED, Release);
    }

    /// Hides the table, and gives its memory back unless the reader uses it. One writer.
    pub fn take_back(&self) -> bool {
        // Pairs with the last of `read`: the table has been read before it is given back.
        if self.state.fetch_and(!PUBLISHED, Acquire) & READING != 0 {
            return false;
        }
        self.set(GIVEN_BACK);
        true
    }

    /// What is in the table, if it is to be found. One reader.
    pub fn read(&self) -> Option<u64> {
        // Pairs with `publish`.
        let before = self.state.fetch_or(READING, Acquire);
        let found = (before & PUBLISHED != 0).then(|| self.get());
        // Pairs with `take_back`.
        self.state.fetch_and(!READING, Release);
        found
    }

    fn set(&self, table: u64) {
        // Safety: the table is hidden, and the writer has seen that nobody reads it.
        self.table.with_mut(|words| unsafe { *words = table });
    }

    fn get(&self) -> u64 {
        // Safety: the table was found, and the writer sees that it is read.
        self.table.with(|words| unsafe { *words })
    }
}
