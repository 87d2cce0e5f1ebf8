//! A set of keys in two buckets, and a length that is counted while both buckets are locked.

use super::rt::sync::Mutex;

/// Two buckets; the lowest bit of a key says which is its own.
pub struct Set {
    buckets: [Mutex<Vec<u64>>; 2],
}

racelab::fields!(Set { buckets: writer | scanner });

impl Set {
    pub fn new() -> Set {
        Set { buckets: std::array::from_fn(|_| Mutex::new(Vec::new())) }
    }

    /// Adds a key that is not there.
    pub fn insert(&self, key: u64) {
        self.buckets[key as usize % 2].lock().unwrap().push(key);
    }

    /// Removes a key.
    pub fn remove(&self, key: u64) {
        self.buckets[key as usize % 2].lock().unwrap().retain(|&other| other != key);
    }

    /// How many keys there are, at one moment: nobody can insert or remove meanwhile.
    pub fn length(&self) -> u64 {
        let first = self.buckets[0].lock().unwrap();
        let second = self.buckets[1].lock().unwrap();
        (first.len() + second.len()) as u64
    }
}
