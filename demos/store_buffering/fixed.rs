//! On both sides a fence stands between what a thread says and what it looks at.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicBool, fence};

/// In a table whose memory has been given back.
pub const GIVEN_BACK: u64 = 0xdead;

/// A table, whether it is to be found, and whether the reader uses it. The table is plain memory:
/// to use it at the wrong time is a data race.
pub struct Map {
    published: AtomicBool,
    reading: AtomicBool,
    table: UnsafeCell<u64>,
}

racelab::fields!(Map {
    published: writer -> reader, reading: reader -> writer, table: writer -> reader
});

impl Map {
    pub fn new(table: u64) -> Map {
        let (published, reading) = (AtomicBool::new(true), AtomicBool::new(false));
        Map { published, reading, table: UnsafeCell::new(table) }
    }

    /// A new table, where the memory of the last one has been given back. One writer.
    pub fn publish(&self, table: u64) {
        self.set(table);
        // Pairs with the load in `read`: whoever finds the table sees what is in it.
        self.published.store(true, Release);
    }

    /// Hides the table, and gives its memory back unless the reader uses it. One writer.
    pub fn take_back(&self) -> bool {
        self.published.store(false, Relaxed);
        // Pairs with the fence in `read`: the reader is seen here, or the table is hidden there.
        fence(SeqCst);
        // Pairs with the last store in `read`: the table has been read before it is given back.
        if self.reading.load(Acquire) {
            return false;
        }
        self.set(GIVEN_BACK);
        true
    }

    /// What is in the table, if it is to be found. One reader.
    pub fn read(&self) -> Option<u64> {
        self.reading.store(true, Relaxed);
        // Pairs with the fence in `take_back`.
        fence(SeqCst);
        // Pairs with the store in `publish`.
        let found = self.published.load(Acquire).then(|| self.get());
        // Pairs with the load in `take_back`.
        self.reading.store(false, Release);
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
