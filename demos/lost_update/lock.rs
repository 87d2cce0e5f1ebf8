//! A lock that a writer holds from the look at the current snapshot to the store of the copy.

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
    current: writer | rival -> reader, snapshots: writer | rival -> reader, writing: writer | rival
});

impl Set {
    pub fn new() -> Set {
        let snapshots = [0; 5].map(AtomicU64::new);
        Set { current: AtomicUsize::new(0), snapshots, writing: Mutex::new(()) }
    }

    /// Adds a key. The writer fills a snapshot that was never published: the `spare` one.
    pub fn insert(&self, spare: usize, key: u32) {
        let _held = self.writing.lock().unwrap();
        let current = self.current.load(Relaxed);
        let keys = self.snapshots[current].load(Relaxed);
        self.snapshots[spare].store(keys | 1 << key, Relaxed);
        // Pairs with the load in `contains`, where no lock is taken.
        self.current.store(spare, Release);
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u32) -> bool {
        // Pairs with the store in `insert`.
        let current = self.current.load(Acquire);
        self.snapshots[current].load(Relaxed) >> key & 1 == 1
    }
}
