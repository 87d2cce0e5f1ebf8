//! A map whose writer wakes the readers, and then puts the value in.

use super::rt::sync::{Condvar, Mutex, MutexGuard};

/// In the place of a value that is not there yet.
pub const NONE: u64 = 0;

/// Values for the keys 0 to 3, and where those that wait for one sleep.
pub struct Map {
    values: Mutex<[u64; 4]>,
    changed: Condvar,
}

racelab::fields!(Map { values: writer -> reader | other, changed: writer | reader | other });

impl Map {
    pub fn new() -> Map {
        Map { values: Mutex::new([NONE; 4]), changed: Condvar::new() }
    }

    /// Wakes all who wait, and puts a value in.
    pub fn put(&self, key: usize, value: u64) {
        self.changed.notify_all();
        self.values()[key] = value;
    }

    /// The value of a key, as soon as there is one.
    pub fn wait_for(&self, key: usize) -> u64 {
        let mut values = self.values();
        while values[key] == NONE {
            values = self.changed.wait(values).unwrap();
        }
        values[key]
    }

    #[track_caller]
    fn values(&self) -> MutexGuard<'_, [u64; 4]> {
        self.values.lock().unwrap()
    }
}
