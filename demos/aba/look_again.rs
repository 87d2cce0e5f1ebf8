//! A set whose writer looks once more before it exchanges: the number is the same.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Snapshots, which do not change while they are current, and the number of the current one.
/// A snapshot has a bit for each key.
pub struct Set {
    current: AtomicUsize,
    snapshots: [AtomicU64; 3],
}

/// A writer, and the snapshot that it fills next.
pub struct Writer {
    spare: usize,
}

racelab::fields!(Set { current: writer | rival -> reader, snapshots: writer | rival -> reader });

impl Set {
    pub fn new() -> Set {
        Set { current: AtomicUsize::new(0), snapshots: [0; 3].map(AtomicU64::new) }
    }

    /// The writer 0 or 1. Each thread that inserts is another one.
    pub fn writer(&self, number: usize) -> Writer {
        Writer { spare: number + 1 }
    }

    /// Adds a key.
    pub fn insert(&self, writer: &mut Writer, key: u32) {
        // Pairs with the exchange of another writer: whoever sees the number sees the keys.
        let mut seen = self.current.load(Acquire);
        loop {
            let keys = self.snapshots[seen].load(Relaxed);
            self.snapshots[writer.spare].store(keys | 1 << key, Relaxed);
            if self.current.load(Acquire) != seen {
                seen = self.current.load(Acquire);
                continue;
            }
            match self.current.compare_exchange(seen, writer.spare, Release, Acquire) {
                Ok(_) => break,
                Err(newer) => seen = newer,
            }
        }
        // Nobody finds the replaced snapshot any more: it is filled next.
        writer.spare = seen;
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u32) -> bool {
        // Pairs with the exchange in `insert`.
        let current = self.current.load(Acquire);
        self.snapshots[current].load(Relaxed) >> key & 1 == 1
    }
}
