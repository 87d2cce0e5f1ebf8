//! A cache whose read lock can become the write lock: two that wait for that wait for each other.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::{Condvar, Mutex};

/// The values of the keys 0 to 3; 0 is no value. How many read, and where somebody sleeps until the
/// others have left.
pub struct Cache {
    values: [AtomicU64; 4],
    readers: Mutex<u64>,
    left: Condvar,
}

racelab::fields!(Cache { values: caller | other, readers: caller | other, left: caller | other });

impl Cache {
    pub fn new() -> Cache {
        let values = [0; 4].map(AtomicU64::new);
        Cache { values, readers: Mutex::new(0), left: Condvar::new() }
    }

    /// The value of a key, which is this one if there is none yet.
    pub fn get_or_insert(&self, key: usize, value: u64) -> u64 {
        *self.readers.lock().unwrap() += 1;
        let found = self.values[key].load(Relaxed);
        // What was seen stays so up to the write, for the place among the readers is kept.
        let mut readers = self.readers.lock().unwrap();
        if found == 0 {
            while *readers > 1 {
                readers = self.left.wait(readers).unwrap();
            }
            self.values[key].store(value, Relaxed);
        }
        *readers -= 1;
        self.left.notify_one();
        if found == 0 { value } else { found }
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        *self.readers.lock().unwrap() += 1;
        let found = self.values[key].load(Relaxed);
        *self.readers.lock().unwrap() -= 1;
        self.left.notify_one();
        found
    }
}
