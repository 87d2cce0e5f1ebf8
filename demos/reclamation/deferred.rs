//! A writer does not wait: it puts what it has replaced aside, and frees it two epochs later.

use super::rt::cell::UnsafeCell;
use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicUsize, fence};

/// In a table that has been freed.
pub const FREED: u64 = 0xdead;
/// The epoch of a reader that does not read.
const OUT: usize = 0;

/// Memory for three tables, and which of them is current. Plain memory: to use it at the wrong time
/// is a data race.
pub struct Map {
    current: AtomicUsize,
    tables: [UnsafeCell<u64>; 3],
    /// Goes on when all readers that are there have come in it.
    epoch: AtomicUsize,
    /// In which epoch the reader came. A slot for each reader.
    came: AtomicUsize,
    store: Mutex<Store>,
}

/// Tables that are free, and those that were replaced, each with the epoch of that time.
struct Store {
    free: Vec<usize>,
    aside: Vec<(usize, usize)>,
}

/// What a reader has while it reads: the number of the table.
pub type Held = usize;

racelab::fields!(Map {
    current: writer -> reader, tables: writer -> reader, epoch: writer -> reader,
    came: reader -> writer, store: writer
});

impl Map {
    pub fn new(value: u64) -> Map {
        let tables = [value, FREED, FREED].map(UnsafeCell::new);
        let store = Mutex::new(Store { free: vec![1, 2], aside: Vec::new() });
        let (epoch, came) = (AtomicUsize::new(1), AtomicUsize::new(OUT));
        Map { current: AtomicUsize::new(0), tables, epoch, came, store }
    }

    /// Puts another table in place of the current one; whether there was memory for it.
    pub fn replace(&self, value: u64) -> bool {
        let mut store = self.store.lock().unwrap();
        let Some(new) = store.free.pop() else { return false };
        let old = self.current.load(Relaxed);
        self.set(new, value);
        // Pairs with the load in `enter`: whoever finds the table sees what is in it.
        self.current.store(new, Release);
        let epoch = self.epoch.load(Relaxed);
        store.aside.push((old, epoch));
        // Pairs with the fence in `enter`: a reader is seen here, or the new table there.
        fence(SeqCst);
        // Pairs with both stores of readers: they have done with what they read before.
        let came = self.came.load(Acquire);
        if came == OUT || came == epoch {
            // Pairs with the load in `enter`.
            self.epoch.store(epoch + 1, Release);
            self.free(&mut store, epoch - 1);
        }
        true
    }

    /// Frees what was replaced in this epoch or before.
    fn free(&self, store: &mut Store, epoch: usize) {
        let Store { free, aside } = store;
        aside.retain(|&(table, replaced)| {
            let keep = replaced > epoch;
            if !keep {
                self.set(table, FREED);
                free.push(table);
            }
            keep
        });
    }

    /// Begins to read.
    pub fn enter(&self) -> Held {
        // Pairs with the store in `replace`, together with the fence below.
        let epoch = self.epoch.load(Relaxed);
        // Pairs with the load in `replace`, as the store in `leave` does.
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
