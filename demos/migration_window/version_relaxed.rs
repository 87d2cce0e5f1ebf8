//! Each bucket that is emptied is counted, but nothing makes the count arrive with the copies.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The tags of a bucket without entries.
const EMPTY: u64 = 0;

/// Two arrays of buckets: while the map grows, a key may be in either.
pub struct Map {
    old: [Bucket; 1],
    new: [Bucket; 2],
    /// How many buckets have been emptied.
    emptied: AtomicU64,
}

/// Eight slots. The tag of each is one byte of `tags`, and 0 while the slot is empty.
pub struct Bucket {
    tags: AtomicU64,
    keys: [AtomicU64; 8],
    values: [AtomicU64; 8],
}

racelab::fields!(Map {
    old: migrator -> reader, new: migrator -> reader, emptied: migrator -> reader
});
racelab::fields!(Bucket {
    tags: migrator -> reader, keys: migrator -> reader, values: migrator -> reader
});

impl Map {
    /// A map that has begun to grow: the new buckets are there, and nothing is in them.
    pub fn new(entries: &[(u64, u64)]) -> Map {
        let (old, new) = ([Bucket::new()], [Bucket::new(), Bucket::new()]);
        let map = Map { old, new, emptied: AtomicU64::new(0) };
        for (slot, &(key, value)) in entries.iter().enumerate() {
            home(&map.old, key).put(slot, key, value);
        }
        map
    }

    /// Moves the entries of an old bucket to the buckets where they belong now.
    pub fn evacuate(&self, bucket: usize) {
        self.move_all(&self.old[bucket], &self.new);
    }

    /// The map has lost most of its keys and shrinks: the two halves of a bucket become one again.
    pub fn reunite(&self, bucket: usize) {
        for half in self.new.iter().skip(bucket).step_by(self.old.len()) {
            self.move_all(half, &self.old);
        }
    }

    /// Copies the entries of a bucket, then empties it.
    fn move_all(&self, from: &Bucket, to: &[Bucket]) {
        let tags = from.tags.load(Relaxed);
        for slot in (0..8).filter(|&slot| byte(tags, slot) != 0) {
            let key = from.keys[slot].load(Relaxed);
            let value = from.values[slot].load(Relaxed);
            home(to, key).put(slot, key, value);
        }
        self.emptied.fetch_add(1, Relaxed);
        from.tags.store(EMPTY, Release);
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Option<u64> {
        let (old, new) = (home(&self.old, key), home(&self.new, key));
        loop {
            let emptied = self.emptied.load(Relaxed);
            let found = old.find(old.tags.load(Acquire), key);
            let found = found.or_else(|| new.find(new.tags.load(Acquire), key));
            // A miss counts only if no bucket has been emptied meanwhile.
            if found.is_some() || self.emptied.load(Relaxed) == emptied {
                return found;
            }
        }
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
