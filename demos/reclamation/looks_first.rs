//! A reader looks which table is current, and then says in which epoch it came.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize, fence};
use super::rt::thread::yield_now;

/// In a table that has been freed.
pub const FREED: u64 = 0xdead;
/// The epoch of a reader that does not read.
const OUT: usize = 0;

/// Memory for two tables, and which of them is current.
pub struct Map {
    current: AtomicUsize,
    tables: [AtomicU64; 2],
    /// Counts the replacements.
    epoch: AtomicUsize,
    /// In which epoch the reader came. A slot for each reader.
    came: AtomicUsize,
}

/// What a reader has while it reads: the number of the table.
pub type Held = usize;

racelab::fields!(Map {
    current: writer -> reader, tables: writer -> reader, epoch: writer -> reader,
    came: reader -> writer
});

impl Map {
    pub fn new(value: u64) -> Map {
        let tables = [value, FREED].map(AtomicU64::new);
        let (epoch, came) = (AtomicUsize::new(1), AtomicUsize::new(OUT));
        Map { current: AtomicUsize::new(0), tables, epoch, came }
    }

    /// Puts another table in place of the current one, when all who may read the one before have
    /// left; whether there was memory for it. One writer.
    pub fn replace(&self, value: u64) -> bool {
        let old = self.current.load(Relaxed);
        self.set(1 - old, value);
        // Pairs with the load in `enter`: whoever finds the table sees what is in it.
        self.current.store(1 - old, Release);
        let epoch = self.epoch.load(Relaxed) + 1;
        // Pairs with the load in `enter`: whoever comes in this epoch finds the new table.
        self.epoch.store(epoch, Release);
        // Pairs with the fence in `enter`: a reader is seen here, or the new table there.
        fence(SeqCst);
        loop {
            // Pairs with both stores of readers: they have done with what they read before.
            let came = self.came.load(Acquire);
            if came == OUT || came >= epoch {
                break;
            }
            yield_now();
        }
        self.set(old, FREED);
        true
    }

    /// Begins to read.
    pub fn enter(&self) -> Held {
        let current = self.current.load(Acquire);
        self.came.store(self.epoch.load(Acquire), Release);
        fence(SeqCst);
        current
    }

    /// What is in the table.
    pub fn look(&self, held: &Held) -> u64 {
        self.tables[*held].load(Relaxed)
    }

    /// Has read.
    pub fn leave(&self, _: Held) {
        // Pairs with the load in `replace`.
        self.came.store(OUT, Release);
    }

    fn set(&self, table: usize, value: u64) {
        self.tables[table].store(value, Relaxed);
    }
}
