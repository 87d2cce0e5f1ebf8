//! A bucket is copied, marked and cleared, and a reader that came before the mark finds nothing.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The tags of a bucket whose entries are to be looked for in the new buckets.
const EVACUATED: u64 = 1;
/// In a slot whose key has gone.
const NO_KEY: u64 = 0;

/// Two arrays of buckets: while the map grows, a key may be in either.
pub struct Map {
    old: [Bucket; 1],
    new: [Bucket; 2],
}

/// Eight slots. The tag of each is one byte of `tags`, and 0 while the slot is empty.
pub struct Bucket {
    tags: AtomicU64,
    keys: [AtomicU64; 8],
    values: [AtomicU64; 8],
}

racelab::fields!(Map { old: migrator -> reader, new: migrator -> reader });
racelab::fields!(Bucket {
    tags: migrator -> reader, keys: migrator -> reader, values: migrator -> reader
});

impl Map {
    /// A map that has begun to grow: the new buckets are there, and nothing is in them.
    pub fn new(entries: &[(u64, u64)]) -> Map {
        let map = Map { old: [Bucket::new()], new: [Bucket::new(), Bucket::new()] };
        for (slot, &(key, value)) in entries.iter().enumerate() {
            home(&map.old, key).put(slot, key, value);
        }
        map
    }

    /// Moves the entries of an old bucket to the buckets where they belong now.
    pub fn evacuate(&self, bucket: usize) {
        let old = &self.old[bucket];
        let tags = old.tags.load(Relaxed);
        for slot in (0..8).filter(|&slot| byte(tags, slot) != 0) {
            let key = old.keys[slot].load(Relaxed);
            let value = old.values[slot].load(Relaxed);
            // Each keeps its slot: what came out of one bucket cannot collide.
            home(&self.new, key).put(slot, key, value);
        }
        // Pairs with the load in `get`: whoever sees the mark sees the entries in the new buckets.
        old.tags.store(EVACUATED, Release);
        for slot in (0..8).filter(|&slot| byte(tags, slot) != 0) {
            old.keys[slot].store(NO_KEY, Relaxed);
        }
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<u64> {
        let (old, new) = (home(&self.old, key), home(&self.new, key));
        // Pairs with the store in `evacuate`.
        let tags = old.tags.load(Acquire);
        if tags != EVACUATED {
            return old.find(tags, key);
        }
        new.find(new.tags.load(Relaxed), key)
    }
}

impl Bucket {
    fn new() -> Bucket {
        let zeros = || std::array::from_fn(|_| AtomicU64::new(0));
        Bucket { tags: AtomicU64::new(0), keys: zeros(), values: zeros() }
    }

    fn put(&self, slot: usize, key: u64, value: u64) {
        self.keys[slot].store(key, Relaxed);
        self.values[slot].store(value, Relaxed);
        self.tags.fetch_or(tag(key) << (8 * slot), Relaxed);
    }

    fn find(&self, tags: u64, key: u64) -> Option<u64> {
        let mut candidates = (0..8).filter(|&slot| byte(tags, slot) == tag(key));
        let slot = candidates.find(|&slot| self.keys[slot].load(Relaxed) == key)?;
        Some(self.values[slot].load(Relaxed))
    }
}

/// The bucket of a key: its lowest bits, one more of them in an array of twice the length.
fn home(buckets: &[Bucket], key: u64) -> &Bucket {
    &buckets[key as usize % buckets.len()]
}

/// The tag of a key: other bits of it, and the highest always set.
fn tag(key: u64) -> u64 {
    0x80 | (key >> 1 & 0x7f)
}

fn byte(tags: u64, slot: usize) -> u64 {
    tags >> (8 * slot) & 0xff
}
