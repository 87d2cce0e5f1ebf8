//! A slot is claimed by a busy mark, and whoever meets the mark goes on to the next slot.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU8, AtomicU64};

/// The tag of an empty slot.
const EMPTY: u8 = 0;

/// The tag of a slot that somebody is filling.
const BUSY: u8 = 1;

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
            match self.tags[slot].compare_exchange(EMPTY, BUSY, Relaxed, Acquire) {
                Ok(_) => {
                    self.keys[slot].store(key, Relaxed);
                    self.values[slot].store(value, Relaxed);
                    // Pairs with the loads of tags.
                    self.tags[slot].store(tag(key), Release);
                    self.count.fetch_add(1, Relaxed);
                    return None;
                }
                Err(BUSY) => {}
                Err(_) if self.keys[slot].load(Relaxed) == key => {
                    return Some(self.values[slot].load(Relaxed));
                }
                Err(_) => {}
            }
        }
        panic!("the bucket is full");
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<u64> {
        // Pairs with the store in `insert`.
        let may = |&slot: &usize| self.tags[slot].load(Acquire) == tag(key);
        let mut candidates = (0..8).filter(may);
        let slot = candidates.find(|&slot| self.keys[slot].load(Relaxed) == key)?;
        Some(self.values[slot].load(Relaxed))
    }

    /// How many keys there are.
    pub fn count(&self) -> u64 {
        self.count.load(Relaxed)
    }
}

/// The tag of a key: a byte of its hash, and never that of an empty slot.
fn tag(key: u64) -> u8 {
    0x80 | (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57) as u8
}
