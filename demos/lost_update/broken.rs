//! A set that is copied for each change: look at the current snapshot, copy it, store the copy.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Snapshots, which do not change once they are published, and the number of the current one.
/// A snapshot has a bit for each key.
pub struct Set {
    current: AtomicUsize,
    snapshots: [AtomicU64; 5],
}

racelab::fields!(Set { current: writer | rival, snapshots: writer | rival });

impl Set {
    pub fn new() -> Set {
        Set { current: AtomicUsize::new(0), snapshots: [0; 5].map(AtomicU64::new) }
    }

    /// Adds a key. The writer fills a snapshot that was never published: the `spare` one.
    pub fn insert(&self, spare: usize, key: u32) {
        let current = self.current.load(Acquire);
        let keys = self.snapshots[current].load(Relaxed);
        self.snapshots[spare].store(keys | 1 << key, Relaxed);
        self.current.store(spare, Release);
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u32) -> bool {
        let current = self.current.load(Acquire);
        self.snapshots[current].load(Relaxed) >> key & 1 == 1
    }
}
