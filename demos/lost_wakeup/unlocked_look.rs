//! A map whose readers look under the lock, let it go, and take it again to fall asleep.

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
        loop {
            let value = self.values()[key];
            if value != NONE {
                return value;
            }
            let values = self.values();
            drop(self.changed.wait(values).unwrap());
        }
    }

    #[track_caller]
    fn values(&self) -> MutexGuard<'_, [u64; 4]> {
        self.values.lock().unwrap()
    }
}
