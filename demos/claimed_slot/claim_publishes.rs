//! A slot is claimed by its key, and readers go by the key: it is there before the value is.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU8, AtomicU64};

/// The tag of an empty slot.
const EMPTY: u8 = 0;

/// In a slot that nobody has claimed. No key is zero.
const NO_KEY: u64 = 0;

/// Eight slots, each with a tag: one byte of the hash of its key. And how many are taken.
pub struct Bucket {
    tags: [AtomicU8; 8],
    keys: [AtomicU64; 8],
    values: [AtomicU64; 8],
    count: AtomicU64,
}

racelab::fields!(Bucket {
    tags: writer | other,
    keys: writer | other,
    values: writer | other,
    count: writer | other,
});

impl Bucket {
    pub fn new() -> Bucket {
        let zeros = || std::array::from_fn(|_| AtomicU64::new(0));
        let tags = std::array::from_fn(|_| AtomicU8::new(EMPTY));
        Bucket { tags, keys: zeros(), values: zeros(), count: AtomicU64::new(0) }
    }

    /// Adds a key that is not there yet; otherwise, the value that is there.
    pub fn insert(&self, key: u64, value: u64) -> Option<u64> {
        for slot in 0..8 {
            match self.keys[slot].compare_exchange(NO_KEY, key, Relaxed, Relaxed) {
                Ok(_) => {
                    self.values[slot].store(value, Relaxed);
                    self.tags[slot].store(tag(key), Release);
                    self.count.fetch_add(1, Relaxed);
                    return None;
                }
                Err(there) if there == key => {
                    return Some(self.values[slot].load(Relaxed));
                }
                Err(_) => {}
            }
        }
        panic!("the bucket is full");
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<u64> {
        let slot = (0..8).find(|&slot| self.keys[slot].load(Acquire) == key)?;
        Some(self.values[slot].load(Acquire))
    }

    /// How many keys there are.
    pub fn len(&self) -> u64 {
        self.count.load(Relaxed)
    }
}

/// The tag of a key: a byte of its hash, and never that of an empty slot.
fn tag(key: u64) -> u8 {
    0x80 | (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57) as u8
}
