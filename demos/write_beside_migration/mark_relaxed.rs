//! The lock on both sides, and a mark that nothing orders: readers, who take no lock, may miss.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicBool, AtomicU64};

/// Two keys, 0 and 1, and two arrays of buckets: while the map grows, a key may be in either.
pub struct Map {
    old: [Bucket; 1],
    new: [Bucket; 2],
}

/// A value for each key, which keeps its place in every bucket; 0 is no value.
pub struct Bucket {
    writing: Mutex<()>,
    moved: AtomicBool,
    values: [AtomicU64; 2],
}

racelab::fields!(Map { old: migrator | writer -> reader, new: migrator | writer -> reader });
racelab::fields!(Bucket {
    writing: migrator | writer, moved: migrator -> reader, values: migrator | writer -> reader
});

impl Map {
    /// A map that has begun to grow: the new buckets are there, and nothing is in them.
    pub fn new(values: [u64; 2]) -> Map {
        Map { old: [Bucket::new(values)], new: [[0; 2]; 2].map(Bucket::new) }
    }

    /// Moves the values of the old bucket to the buckets where they belong now.
    pub fn evacuate(&self) {
        let [old] = &self.old;
        let _held = old.writing.lock().unwrap();
        if old.moved.load(Relaxed) {
            return;
        }
        for key in 0..2 {
            let value = old.values[key].load(Relaxed);
            self.new[key].values[key].store(value, Relaxed);
        }
        old.moved.store(true, Relaxed);
    }

    /// Replaces the value of a key.
    pub fn set(&self, key: usize, value: u64) {
        let _held = self.old[0].writing.lock().unwrap();
        self.home(key).store(value, Relaxed);
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.home(key).load(Relaxed)
    }

    /// Where the value of a key is.
    fn home(&self, key: usize) -> &AtomicU64 {
        let moved = self.old[0].moved.load(Relaxed);
        let bucket = if moved { &self.new[key] } else { &self.old[0] };
        &bucket.values[key]
    }
}

impl Bucket {
    fn new(values: [u64; 2]) -> Bucket {
        let (writing, moved) = (Mutex::new(()), AtomicBool::new(false));
        Bucket { writing, moved, values: values.map(AtomicU64::new) }
    }
}
