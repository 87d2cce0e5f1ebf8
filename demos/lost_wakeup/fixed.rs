//! A map whose readers can wait for a key: they look and fall asleep under the lock of the writer.

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

    /// Puts a value in, and wakes all who wait: each looks whether it is its own.
    pub fn put(&self, key: usize, value: u64) {
        self.values()[key] = value;
        self.changed.notify_all();
    }

    /// The value of a key, as soon as there is one.
    pub fn wait_for(&self, key: usize) -> u64 {
        let mut values = self.values();
        // Between this look and the sleep nobody can put a value in: `wait` gives the lock back.
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
