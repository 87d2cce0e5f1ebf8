//! A bucket of a map, and an insertion that stores the value, then the key, and the tag last.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU8, AtomicU64};

/// The tag of an empty slot. All slots behind one are empty too.
const EMPTY: u8 = 0;

/// Eight slots, each with a tag: one byte of the hash of its key.
pub struct Bucket {
    tags: [AtomicU8; 8],
    keys: [AtomicU64; 8],
    values: [AtomicU64; 8],
}

racelab::fields!(Bucket {
    tags: writer -> reader, keys: writer -> reader, values: writer -> reader
});

impl Bucket {
    pub fn new() -> Bucket {
        let zeros = || std::array::from_fn(|_| AtomicU64::new(0));
        let tags = std::array::from_fn(|_| AtomicU8::new(EMPTY));
        Bucket { tags, keys: zeros(), values: zeros() }
    }

    /// Adds a key that is not there yet. One writer at a time.
    pub fn insert(&self, key: u64, value: u64) {
        let free = (0..8).find(|&slot| self.tags[slot].load(Relaxed) == EMPTY);
        let slot = free.expect("a bucket that has room");
        self.values[slot].store(value, Relaxed);
        self.keys[slot].store(key, Relaxed);
        // Pairs with the load in `get`: whoever sees the tag sees the key and the value.
        self.tags[slot].store(tag(key), Release);
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<u64> {
        for slot in 0..8 {
            // Pairs with the store in `insert`.
            match self.tags[slot].load(Acquire) {
                EMPTY => return None,
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
