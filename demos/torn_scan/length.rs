//! A set of keys in two buckets, each with a count beside it, and a length that adds up the counts.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Release};

/// Two buckets; the lowest bit of a key says which is its own.
pub struct Set {
    buckets: [Bucket; 2],
}

/// The keys, and how many there are: readable without the lock.
pub struct Bucket {
    keys: Mutex<Vec<u64>>,
    count: AtomicU64,
}

racelab::fields!(Set { buckets: writer -> scanner });
racelab::fields!(Bucket { keys: writer, count: writer -> scanner });

impl Set {
    pub fn new() -> Set {
        let bucket = |_| Bucket { keys: Mutex::new(Vec::new()), count: AtomicU64::new(0) };
        Set { buckets: std::array::from_fn(bucket) }
    }

    /// Adds a key that is not there.
    pub fn insert(&self, key: u64) {
        let bucket = &self.buckets[key as usize % 2];
        let mut keys = bucket.keys.lock().unwrap();
        keys.push(key);
        bucket.count.store(keys.len() as u64, Release);
    }

    /// Removes a key.
    pub fn remove(&self, key: u64) {
        let bucket = &self.buckets[key as usize % 2];
        let mut keys = bucket.keys.lock().unwrap();
        keys.retain(|&other| other != key);
        bucket.count.store(keys.len() as u64, Release);
    }

    /// How many keys there are: each count is right, and each at another moment.
    pub fn length(&self) -> u64 {
        self.buckets.iter().map(|bucket| bucket.count.load(Acquire)).sum()
    }
}
