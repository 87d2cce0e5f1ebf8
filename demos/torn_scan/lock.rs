//! A set of keys behind a lock: a scan keeps the writer out until it has read all of it.

use super::rt::sync::Mutex;

/// Two buckets of keys; the lowest bit of a key says which is its own.
pub struct Set {
    buckets: Mutex<[Vec<u64>; 2]>,
}

racelab::fields!(Set { buckets: writer -> scanner });

impl Set {
    pub fn new() -> Set {
        Set { buckets: Mutex::new([Vec::new(), Vec::new()]) }
    }

    /// Adds a key that is not there.
    pub fn insert(&self, key: u64) {
        self.buckets.lock().unwrap()[key as usize % 2].push(key);
    }

    /// All keys.
    pub fn scan(&self) -> Vec<u64> {
        self.buckets.lock().unwrap().concat()
    }
}
