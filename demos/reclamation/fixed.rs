//! A writer begins a new epoch, waits for the readers of earlier ones, and frees what they had.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicUsize, fence};
use super::rt::thread::yield_now;

/// In a table that has been freed.
pub const FREED: u64 = 0xdead;
/// The epoch of a reader that does not read.
const OUT: usize = 0;

/// Memory for two tables, and which of them is current. Plain memory: to use it at the wrong time
/// is a data race.
pub struct Map {
    current: AtomicUsize,
    tables: [UnsafeCell<u64>; 2],
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
        let tables = [value, FREED].map(UnsafeCell::new);
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
        // Pairs with the store in `replace`, together with the fence below.
        let epoch = self.epoch.load(Relaxed);
        // Pairs with the load in `replace`, as the store in `leave` does: a writer that finds this
        // reader in a new epoch knows that it has left the one before.
        self.came.store(epoch, Release);
        // Pairs with the fence in `replace`.
        fence(SeqCst);
        // Pairs with the store in `replace`.
        self.current.load(Acquire)
    }

    /// What is in the table.
    pub fn look(&self, held: &Held) -> u64 {
        // Safety: found after this reader had said in which epoch it came, and not freed before it
        // has left.
        self.tables[*held].with(|table| unsafe { *table })
    }

    /// Has read.
    pub fn leave(&self, _: Held) {
        // Pairs with the load in `replace`.
        self.came.store(OUT, Release);
    }

    fn set(&self, table: usize, value: u64) {
        // Safety: the writer alone has it, before it is current and when no reader is left.
        self.tables[table].with_mut(|table| unsafe { *table = value });
    }
}
