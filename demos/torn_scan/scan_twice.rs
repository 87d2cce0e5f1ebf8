//! A scan that is done again until two in a row agree: they agree, and both are torn.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// In a slot without a key.
const NO_KEY: u64 = 0;

/// Two buckets; the lowest bit of a key says which is its own.
pub struct Set {
    buckets: [Bucket; 2],
}

/// Eight slots, filled from the first; a slot without a key ends the bucket.
pub struct Bucket {
    keys: [AtomicU64; 8],
}

racelab::fields!(Set { buckets: writer -> scanner });
racelab::fields!(Bucket { keys: writer -> scanner });

impl Set {
    pub fn new() -> Set {
        let bucket = |_| Bucket { keys: std::array::from_fn(|_| AtomicU64::new(NO_KEY)) };
        Set { buckets: std::array::from_fn(bucket) }
    }

    /// Adds a key that is not there. One writer at a time.
    pub fn insert(&self, key: u64) {
        let mut slots = self.buckets[key as usize % 2].keys.iter();
        let free = slots.find(|slot| slot.load(Relaxed) == NO_KEY);
        free.expect("a bucket that has room").store(key, Release);
    }

    /// Deletes the last key of a bucket. One writer at a time.
    pub fn remove(&self, key: u64) {
        let mut slots = self.buckets[key as usize % 2].keys.iter();
        let slot = slots.find(|slot| slot.load(Relaxed) == key).expect("a key that is there");
        slot.store(NO_KEY, Release);
    }

    /// All keys.
    pub fn scan(&self) -> Vec<u64> {
        let mut keys = self.collect();
        loop {
            let again = self.collect();
            if again == keys {
                return keys;
            }
            keys = again;
        }
    }

    fn collect(&self) -> Vec<u64> {
        let mut keys = Vec::new();
        for bucket in &self.buckets {
            let slots = bucket.keys.iter().map(|slot| slot.load(Acquire));
            keys.extend(slots.take_while(|&key| key != NO_KEY));
        }
        keys
    }
}
