//! A lock around the store alone: the copy is made before, from what was current then.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Snapshots, which do not change once they are published, and the number of the current one.
pub struct Map {
    current: AtomicUsize,
    snapshots: [Snapshot; 3],
    writing: Mutex<()>,
}

/// Eight slots. The tag of each is one byte of `tags`, and 0 while the slot is empty.
pub struct Snapshot {
    tags: AtomicU64,
    values: [AtomicU64; 8],
}

racelab::fields!(Map {
    current: writer | rival, snapshots: writer | rival, writing: writer | rival
});
racelab::fields!(Snapshot { tags: writer | rival, values: writer | rival });

impl Map {
    pub fn new() -> Map {
        let snapshots = std::array::from_fn(|_| Snapshot::new());
        Map { current: AtomicUsize::new(0), snapshots, writing: Mutex::new(()) }
    }

    /// Adds a key. The writer fills a snapshot of its own: the `spare` one.
    pub fn insert(&self, spare: usize, key: u8, value: u64) {
        let copy = &self.snapshots[spare];
        let current = self.current.load(Acquire);
        copy.fill(&self.snapshots[current], key, value);
        let _held = self.writing.lock().unwrap();
        self.current.store(spare, Release);
    }

    /// The value of a key.
    pub fn get(&self, key: u8) -> Option<u64> {
        self.snapshots[self.current.load(Acquire)].get(key)
    }
}

impl Snapshot {
    fn new() -> Snapshot {
        let values = std::array::from_fn(|_| AtomicU64::new(0));
        Snapshot { tags: AtomicU64::new(0), values }
    }

    /// Becomes another snapshot with one entry more.
    fn fill(&self, other: &Snapshot, key: u8, value: u64) {
        let tags = other.tags.load(Relaxed);
        let taken = tags.to_le_bytes().iter().filter(|tag| **tag != 0).count();
        for slot in 0..taken {
            self.values[slot].store(other.values[slot].load(Relaxed), Relaxed);
        }
        self.values[taken].store(value, Relaxed);
        self.tags.store(tags | u64::from(key) << (8 * taken), Relaxed);
    }

    fn get(&self, key: u8) -> Option<u64> {
        let tags = self.tags.load(Relaxed).to_le_bytes();
        let slot = tags.iter().position(|tag| *tag == key)?;
        Some(self.values[slot].load(Relaxed))
    }
}
