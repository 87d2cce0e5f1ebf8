//! An append that is none: the new bucket is put behind the first one, in front of all others.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU8, AtomicU64, AtomicUsize};

/// In the last bucket of a list: bucket 0 is the first of all, and no overflow bucket.
const NONE: usize = 0;

/// A bucket whose own slots play no part here, and overflow buckets, handed out one by one.
pub struct Chain {
    buckets: [Bucket; 5],
    used: AtomicUsize,
}

/// Eight slots, each with a tag; a tag of 0 is an empty slot, and so is every slot behind it.
pub struct Bucket {
    tags: [AtomicU8; 8],
    keys: [AtomicU64; 8],
    values: [AtomicU64; 8],
    overflow: AtomicUsize,
}

racelab::fields!(Chain { buckets: writer | other, used: writer | other });
racelab::fields!(Bucket {
    tags: writer | other,
    keys: writer | other,
    values: writer | other,
    overflow: writer | other
});

impl Chain {
    pub fn new() -> Chain {
        let buckets = std::array::from_fn(|_| Bucket::empty());
        Chain { buckets, used: AtomicUsize::new(1) }
    }

    /// Adds a key that is not there, in an overflow bucket of its own.
    pub fn append(&self, key: u64, value: u64) {
        let fresh = self.used.fetch_add(1, Relaxed);
        self.buckets[fresh].put(key, value);
        let mut next = self.buckets[0].overflow.load(Relaxed);
        loop {
            self.buckets[fresh].overflow.store(next, Relaxed);
            // Pairs with the load in `get`.
            match self.exchange(0, next, fresh) {
                Ok(_) => return,
                Err(newer) => next = newer,
            }
        }
    }

    fn exchange(&self, bucket: usize, from: usize, to: usize) -> Result<usize, usize> {
        self.buckets[bucket].overflow.compare_exchange(from, to, Release, Relaxed)
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<u64> {
        let mut bucket = 0;
        loop {
            let found = self.buckets[bucket].find(key);
            if found.is_some() {
                return found;
            }
            // Pairs with the store in `append`: whoever sees the bucket sees what is in it.
            bucket = self.buckets[bucket].overflow.load(Acquire);
            if bucket == NONE {
                return None;
            }
        }
    }
}

impl Bucket {
    fn empty() -> Bucket {
        let zeros = || std::array::from_fn(|_| AtomicU64::new(0));
        let tags = std::array::from_fn(|_| AtomicU8::new(0));
        Bucket { tags, keys: zeros(), values: zeros(), overflow: AtomicUsize::new(NONE) }
    }

    /// Fills the first slot of a bucket that nobody else has yet.
    fn put(&self, key: u64, value: u64) {
        self.values[0].store(value, Relaxed);
        self.keys[0].store(key, Relaxed);
        self.tags[0].store(tag(key), Relaxed);
    }

    fn find(&self, key: u64) -> Option<u64> {
        for slot in 0..8 {
            match self.tags[slot].load(Relaxed) {
                0 => return None,
                found if found == tag(key) && self.keys[slot].load(Relaxed) == key => {
                    return Some(self.values[slot].load(Relaxed));
                }
                _ => {}
            }
        }
        None
    }
}

/// The tag of a key: a byte of its hash, and never that of an empty slot.
fn tag(key: u64) -> u8 {
    0x80 | (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57) as u8
}
