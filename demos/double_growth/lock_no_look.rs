//! A set that grows under a lock, one after the other: the second grows what has grown.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// How many keys each of the tables has room for.
const ROOM: [usize; 3] = [1, 5, 5];

/// Tables, each published once, and the number of the current one.
pub struct Set {
    current: AtomicUsize,
    tables: [Table; 3],
    growing: Mutex<()>,
}

/// A key in each slot, in the order in which the slots were claimed; 0 is no key.
pub struct Table {
    claimed: AtomicUsize,
    slots: [AtomicU64; 5],
}

racelab::fields!(Set { current: writer | rival, tables: writer | rival, growing: writer | rival });
racelab::fields!(Table { claimed: writer | rival, slots: writer | rival });

impl Set {
    /// A set of one key, whose table has no room for a second.
    pub fn new(key: u64) -> Set {
        let tables = [(); 3].map(|()| Table::new());
        let set = Set { current: AtomicUsize::new(0), tables, growing: Mutex::new(()) };
        set.tables[0].put(ROOM[0], key);
        set
    }

    /// Adds a key. If the table is full the `spare` one, which nobody has used, takes its place.
    pub fn insert(&self, spare: usize, key: u64) {
        loop {
            let current = self.current.load(Acquire);
            if self.tables[current].put(ROOM[current], key) {
                return;
            }
            self.grow(current, spare);
        }
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u64) -> bool {
        let current = self.current.load(Acquire);
        self.tables[current].slots.iter().any(|slot| slot.load(Relaxed) == key)
    }

    fn grow(&self, full: usize, spare: usize) {
        let _held = self.growing.lock().unwrap();
        self.tables[spare].fill(&self.tables[full], ROOM[full]);
        self.current.store(spare, Release);
    }
}

impl Table {
    fn new() -> Table {
        Table { claimed: AtomicUsize::new(0), slots: [0; 5].map(AtomicU64::new) }
    }

    /// Puts a key into the next slot, if there is one.
    fn put(&self, room: usize, key: u64) -> bool {
        let slot = self.claimed.fetch_add(1, Relaxed);
        if slot < room {
            self.slots[slot].store(key, Relaxed);
        }
        slot < room
    }

    /// Copies the keys of a full table.
    fn fill(&self, full: &Table, keys: usize) {
        for slot in 0..keys {
            self.slots[slot].store(full.slots[slot].load(Relaxed), Relaxed);
        }
        self.claimed.store(keys, Relaxed);
    }
}
