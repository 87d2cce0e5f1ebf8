//! What a thread says and what it looks at are SeqCst: all such accesses have one order.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicBool;
use super::rt::sync::atomic::Ordering::{Release, SeqCst};

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
        // Of these two and the first two in `read`, one comes last: it sees what the other says.
        self.published.store(false, SeqCst);
        // Pairs with the last store in `read` as well, as an Acquire load would.
        if self.reading.load(SeqCst) {
            return false;
        }
        self.set(GIVEN_BACK);
        true
    }

    /// What is in the table, if it is to be found. One reader.
    pub fn read(&self) -> Option<u64> {
        self.reading.store(true, SeqCst);
        // Pairs with the store in `publish` as well.
        let found = self.published.load(SeqCst).then(|| self.get());
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
