//! A map whose readers can wait for a key, and whose writer takes no lock to put a value in.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Release};
use super::rt::sync::{Condvar, Mutex};

/// In the place of a value that is not there yet.
pub const NONE: u64 = 0;

/// Values for the keys 0 to 3, and where those that wait for one sleep.
pub struct Map {
    values: [AtomicU64; 4],
    sleeping: Mutex<()>,
    changed: Condvar,
}

racelab::fields!(Map { 
    values: writer -> reader | other, sleeping: reader | other, changed: writer | reader | other
 });

impl Map {
    pub fn new() -> Map {
        let values = [NONE; 4].map(AtomicU64::new);
        Map { values, sleeping: Mutex::new(()), changed: Condvar::new() }
    }

    /// Puts a value in, and wakes all who wait.
    pub fn put(&self, key: usize, value: u64) {
        self.values[key].store(value, Release);
        self.changed.notify_all();
    }

    /// The value of a key, as soon as there is one.
    pub fn wait_for(&self, key: usize) -> u64 {
        let mut held = self.sleeping.lock().unwrap();
        loop {
            let value = self.values[key].load(Acquire);
            if value != NONE {
                return value;
            }
            held = self.changed.wait(held).unwrap();
        }
    }
}
