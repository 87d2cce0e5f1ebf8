//! A lock around the store alone: the copy is made before, from what was current then.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Snapshots, which do not change once they are published, and the number of the current one.
/// A snapshot has a bit for each key.
pub struct Set {
    current: AtomicUsize,
    snapshots: [AtomicU64; 5],
    writing: Mutex<()>,
}

racelab::fields!(Set {
    current: writer | rival, snapshots: writer | rival, writing: writer | rival
});

impl Set {
    pub fn new() -> Set {
        let snapshots = [0; 5].map(AtomicU64::new);
        Set { current: AtomicUsize::new(0), snapshots, writing: Mutex::new(()) }
    }

    /// Adds a key. The writer fills a snapshot that was never published: the `spare` one.
    pub fn insert(&self, spare: usize, key: u32) {
        let current = self.current.load(Acquire);
        let keys = self.snapshots[current].load(Relaxed);
        self.snapshots[spare].store(keys | 1 << key, Relaxed);
        let _held = self.writing.lock().unwrap();
        self.current.store(spare, Release);
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u32) -> bool {
        let current = self.current.load(Acquire);
        self.snapshots[current].load(Relaxed) >> key & 1 == 1
    }
}
