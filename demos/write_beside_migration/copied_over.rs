//! Each value is frozen, then copied over whatever is in its new place: perhaps a newer value.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The bit of a value in the old array that nobody may replace there any more.
const FROZEN: u64 = 1 << 63;

/// Two keys, 0 and 1, and two arrays of buckets: while the map grows, a key may be in either.
pub struct Map {
    old: [Bucket; 1],
    new: [Bucket; 2],
}

/// A value for each key, which keeps its place in every bucket; 0 is no value.
pub struct Bucket {
    values: [AtomicU64; 2],
}

racelab::fields!(Map { old: migrator | writer, new: migrator | writer });
racelab::fields!(Bucket { values: migrator | writer });

impl Map {
    /// A map that has begun to grow: the new buckets are there, and nothing is in them.
    pub fn new(values: [u64; 2]) -> Map {
        Map { old: [Bucket::new(values)], new: [[0; 2]; 2].map(Bucket::new) }
    }

    /// Moves the values of the old bucket to the buckets where they belong now.
    pub fn evacuate(&self) {
        for key in 0..2 {
            let value = self.old[0].values[key].fetch_or(FROZEN, Relaxed) & !FROZEN;
            self.new[key].values[key].store(value, Relaxed);
        }
    }

    /// Replaces the value of a key.
    pub fn set(&self, key: usize, value: u64) {
        let (old, new) = (&self.old[0].values[key], &self.new[key].values[key]);
        let mut seen = old.load(Relaxed);
        while seen & FROZEN == 0 {
            match old.compare_exchange(seen, value, Relaxed, Relaxed) {
                Ok(_) => return,
                Err(newer) => seen = newer,
            }
        }
        new.store(value, Relaxed);
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        let old = self.old[0].values[key].load(Relaxed);
        if old & FROZEN == 0 {
            return old;
        }
        // A value that is frozen and not copied yet is still the one that counts.
        match self.new[key].values[key].load(Relaxed) {
            0 => old & !FROZEN,
            new => new,
        }
    }
}

impl Bucket {
    fn new(values: [u64; 2]) -> Bucket {
        Bucket { values: values.map(AtomicU64::new) }
    }
}
