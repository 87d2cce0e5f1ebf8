//! A reader announces which table it reads; a writer frees all that it has replaced but that one.

use super::rt::cell::UnsafeCell;
use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicUsize, fence};

/// In a table that has been freed.
pub const FREED: u64 = 0xdead;
/// Announced by a reader that reads no table.
const NONE: usize = usize::MAX;

/// Memory for three tables, and which of them is current. Plain memory: to use it at the wrong time
/// is a data race.
pub struct Map {
    current: AtomicUsize,
    tables: [UnsafeCell<u64>; 3],
    /// Which table the reader reads. A slot for each reader.
    announced: AtomicUsize,
    store: Mutex<Store>,
}

/// Tables that are free, and those that were replaced and are not.
struct Store {
    free: Vec<usize>,
    aside: Vec<usize>,
}

/// What a reader has while it reads: the number of the table.
pub type Held = usize;

racelab::fields!(Map {
    current: writer -> reader, tables: writer -> reader, announced: reader -> writer, store: writer
});

impl Map {
    pub fn new(value: u64) -> Map {
        let tables = [value, FREED, FREED].map(UnsafeCell::new);
        let store = Mutex::new(Store { free: vec![1, 2], aside: Vec::new() });
        let announced = AtomicUsize::new(NONE);
        Map { current: AtomicUsize::new(0), tables, announced, store }
    }

    /// Puts another table in place of the current one; whether there was memory for it.
    pub fn replace(&self, value: u64) -> bool {
        let mut store = self.store.lock().unwrap();
        let Some(new) = store.free.pop() else { return false };
        let old = self.current.load(Relaxed);
        self.set(new, value);
        // Pairs with the load in `enter`: whoever finds the table sees what is in it.
        self.current.store(new, Release);
        store.aside.push(old);
        // Pairs with the fence in `enter`: an announcement is seen here, or the new table there.
        fence(SeqCst);
        // Pairs with both stores of readers: they have done with what they read before.
        let announced = self.announced.load(Acquire);
        let Store { free, aside } = &mut *store;
        aside.retain(|&table| {
            let keep = table == announced;
            if !keep {
                self.set(table, FREED);
                free.push(table);
            }
            keep
        });
        true
    }

    /// Begins to read.
    pub fn enter(&self) -> Held {
        loop {
            let current = self.current.load(Relaxed);
            // Pairs with the load in `replace`, as the store in `leave` does.
            self.announced.store(current, Release);
            // Pairs with the fence in `replace`.
            fence(SeqCst);
            // Pairs with the store in `replace`.
            if self.current.load(Acquire) == current {
                return current;
            }
        }
    }

    /// What is in the table.
    pub fn look(&self, held: &Held) -> u64 {
        // Safety: current after it was announced, and not freed while it is.
        self.tables[*held].with(|table| unsafe { *table })
    }

    /// Has read.
    pub fn leave(&self, _: Held) {
        // Pairs with the load in `replace`.
        self.announced.store(NONE, Release);
    }

    fn set(&self, table: usize, value: u64) {
        // Safety: the writer alone has it, before it is current and when no reader is left.
        self.tables[table].with_mut(|table| unsafe { *table = value });
    }
}
