//! A map that grows: whoever writes to a bucket, or moves it, has its lock; readers take none.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
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

racelab::fields!(Map { old: migrator | writer, new: migrator | writer });
racelab::fields!(Bucket {
    writing: migrator | writer, moved: migrator -> writer, values: migrator | writer
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
        // Pairs with the load in `home`: whoever sees the mark sees the copies.
        old.moved.store(true, Release);
    }

    /// Replaces the value of a key.
    pub fn set(&self, key: usize, value: u64) {
        // From the look for its place to the store nobody copies the bucket.
        let _held = self.old[0].writing.lock().unwrap();
        self.home(key).store(value, Relaxed);
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.home(key).load(Relaxed)
    }

    /// Where the value of a key is.
    fn home(&self, key: usize) -> &AtomicU64 {
        // Pairs with the store in `evacuate`.
        let moved = self.old[0].moved.load(Acquire);
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
