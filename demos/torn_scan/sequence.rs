//! A scan that is done again if a sequence number says that something changed meanwhile.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, fence};
use super::rt::thread::yield_now;

/// In a slot without a key.
const NO_KEY: u64 = 0;

/// Two buckets; the lowest bit of a key says which is its own.
pub struct Set {
    buckets: [Bucket; 2],
    /// How many changes have begun and ended: odd while one is under way.
    sequence: AtomicU64,
}

/// Eight slots, filled from the first; a slot without a key ends the bucket.
pub struct Bucket {
    keys: [AtomicU64; 8],
}

racelab::fields!(Set { buckets: writer -> scanner, sequence: writer -> scanner });
racelab::fields!(Bucket { keys: writer -> scanner });

impl Set {
    pub fn new() -> Set {
        let bucket = |_| Bucket { keys: std::array::from_fn(|_| AtomicU64::new(NO_KEY)) };
        Set { buckets: std::array::from_fn(bucket), sequence: AtomicU64::new(0) }
    }

    /// Adds a key that is not there. One writer at a time.
    pub fn insert(&self, key: u64) {
        let mut slots = self.buckets[key as usize % 2].keys.iter();
        let free = slots.find(|slot| slot.load(Relaxed) == NO_KEY);
        let free = free.expect("a bucket that has room");
        self.change(|| free.store(key, Relaxed));
    }

    /// Deletes the last key of a bucket. One writer at a time.
    pub fn remove(&self, key: u64) {
        let mut slots = self.buckets[key as usize % 2].keys.iter();
        let slot = slots.find(|slot| slot.load(Relaxed) == key).expect("a key that is there");
        self.change(|| slot.store(NO_KEY, Relaxed));
    }

    fn change(&self, change: impl FnOnce()) {
        let sequence = self.sequence.load(Relaxed);
        self.sequence.store(sequence + 1, Relaxed);
        // Pairs with the fence in `scan`: whoever saw the change sees that the sequence is odd.
        fence(Release);
        change();
        // Pairs with the load in `scan`: whoever sees it even again sees the change.
        self.sequence.store(sequence + 2, Release);
    }

    /// All keys.
    pub fn scan(&self) -> Vec<u64> {
        loop {
            // Pairs with the last store in `change`.
            let sequence = self.sequence.load(Acquire);
            let keys = self.collect();
            // Pairs with the fence in `change`.
            fence(Acquire);
            if sequence.is_multiple_of(2) && self.sequence.load(Relaxed) == sequence {
                return keys;
            }
            yield_now();
        }
    }

    fn collect(&self) -> Vec<u64> {
        let mut keys = Vec::new();
        for bucket in &self.buckets {
            let slots = bucket.keys.iter().map(|slot| slot.load(Relaxed));
            keys.extend(slots.take_while(|&key| key != NO_KEY));
        }
        keys
    }
}
