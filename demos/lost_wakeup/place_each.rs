//! A map in which those who wait for one key sleep in a place of their own.

use super::rt::sync::{Condvar, Mutex, MutexGuard};

/// In the place of a value that is not there yet.
pub const NONE: u64 = 0;

/// Values for the keys 0 to 3, and for each key where its waiters sleep.
pub struct Map {
    values: Mutex<[u64; 4]>,
    arrived: [Condvar; 4],
}

racelab::fields!(Map { values: writer -> reader | other, arrived: writer | reader | other });

impl Map {
    pub fn new() -> Map {
        let arrived = std::array::from_fn(|_| Condvar::new());
        Map { values: Mutex::new([NONE; 4]), arrived }
    }

    /// Puts a value in, and wakes all who wait for it.
    pub fn put(&self, key: usize, value: u64) {
        self.values()[key] = value;
        self.arrived[key].notify_all();
    }

    /// The value of a key, as soon as there is one.
    pub fn wait_for(&self, key: usize) -> u64 {
        let mut values = self.values();
        // Between this look and the sleep nobody can put a value in: `wait` gives the lock back.
        while values[key] == NONE {
            values = self.arrived[key].wait(values).unwrap();
        }
        values[key]
    }

    #[track_caller]
    fn values(&self) -> MutexGuard<'_, [u64; 4]> {
        self.values.lock().unwrap()
    }
}
