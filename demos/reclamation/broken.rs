//! A writer frees a table one replacement later: so long, it hopes, nobody reads.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// In a table that has been freed.
pub const FREED: u64 = 0xdead;

/// Memory for three tables, and which of them is current.
pub struct Map {
    current: AtomicUsize,
    tables: [AtomicU64; 3],
}

/// What a reader has while it reads: the number of the table.
pub type Held = usize;

racelab::fields!(Map { current: writer -> reader, tables: writer -> reader });

impl Map {
    pub fn new(value: u64) -> Map {
        let tables = [value, FREED, FREED].map(AtomicU64::new);
        Map { current: AtomicUsize::new(0), tables }
    }

    /// Puts another table in place of the current one; whether there was memory for it. One writer.
    pub fn replace(&self, value: u64) -> bool {
        let old = self.current.load(Relaxed);
        let (new, older) = ((old + 1) % 3, (old + 2) % 3);
        self.tables[new].store(value, Relaxed);
        // Pairs with the load in `enter`: whoever finds the table sees what is in it.
        self.current.store(new, Release);
        // This one was replaced the last time.
        self.tables[older].store(FREED, Relaxed);
        true
    }

    /// Begins to read.
    pub fn enter(&self) -> Held {
        self.current.load(Acquire)
    }

    /// What is in the table.
    pub fn look(&self, held: &Held) -> u64 {
        self.tables[*held].load(Relaxed)
    }

    /// Has read.
    pub fn leave(&self, _: Held) {}
}
