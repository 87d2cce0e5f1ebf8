//! A reader that looks at the tag again: it may be the same tag for another key.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU8, AtomicU64, fence};

/// The tag of a slot that never had a key. All slots behind it are empty too.
const EMPTY: u8 = 0;
/// The tag of a slot whose key was deleted.
const GONE: u8 = 1;

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
        let free = |&slot: &usize| self.tags[slot].load(Relaxed) <= GONE;
        let slot = (0..8).find(free).expect("a bucket that has room");
        self.values[slot].store(value, Relaxed);
        self.keys[slot].store(key, Relaxed);
        // Pairs with the load in `get`.
        self.tags[slot].store(tag(key), Release);
    }

    /// Deletes a key that is there. One writer at a time.
    pub fn remove(&self, key: u64) {
        let has = |&slot: &usize| {
            self.tags[slot].load(Relaxed) == tag(key) && self.keys[slot].load(Relaxed) == key
        };
        let slot = (0..8).find(has).expect("a key that is there");
        self.tags[slot].store(GONE, Relaxed);
        // Pairs with the fence in `get`.
        fence(Release);
        self.values[slot].store(0, Relaxed);
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<u64> {
        let mut slot = 0;
        while slot < 8 {
            // Pairs with the store in `insert`.
            let seen = self.tags[slot].load(Acquire);
            if seen == EMPTY {
                return None;
            }
            if seen != tag(key) || self.keys[slot].load(Relaxed) != key {
                slot += 1;
                continue;
            }
            let value = self.values[slot].load(Relaxed);
            // Pairs with the fence in `remove`: whoever saw a change after it sees another tag.
            fence(Acquire);
            if self.tags[slot].load(Relaxed) == seen {
                return Some(value);
            }
        }
        None
    }
}

/// The tag of a key: a byte of its hash, and never that of a slot without a key.
fn tag(key: u64) -> u8 {
    0x80 | (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 57) as u8
}
