//! The reader has a fence between what it says and what it looks at, and the writer has none.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicBool, AtomicU64, fence};

/// In a table whose memory has been given back.
pub const GIVEN_BACK: u64 = 0xdead;

/// A table, whether it is to be found, and whether the reader uses it.
pub struct Map {
    published: AtomicBool,
    reading: AtomicBool,
    table: AtomicU64,
}

racelab::fields!(Map {
    published: writer -> reader, reading: reader -> writer, table: writer -> reader
});

impl Map {
    pub fn new(table: u64) -> Map {
        let (published, reading) = (AtomicBool::new(true), AtomicBool::new(false));
        Map { published, reading, table: AtomicU64::new(table) }
    }

    /// A new table, where the memory of the last one has been given back. One writer.
    pub fn publish(&self, table: u64) {
        self.table.store(table, Relaxed);
        // Pairs with the load in `read`: whoever finds the table sees what is in it.
        self.published.store(true, Release);
    }

    /// Hides the table, and gives its memory back unless the reader uses it. One writer.
    pub fn take_back(&self) -> bool {
        self.published.store(false, Release);
        if self.reading.load(Acquire) {
            return false;
        }
        self.table.store(GIVEN_BACK, Relaxed);
        true
    }

    /// What is in the table, if it is to be found. One reader.
    pub fn read(&self) -> Option<u64> {
        self.reading.store(true, Release);
        fence(SeqCst);
        let found = self.published.load(Acquire).then(|| self.table.load(Relaxed));
        // Pairs with the load in `take_back`.
        self.reading.store(false, Release);
        found
    }
}
