//! A set all of whose accesses are SeqCst: what comes again still looks the same.

use super::rt::sync::atomic::Ordering::SeqCst;
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
        let mut seen = self.current.load(SeqCst);
        loop {
            let keys = self.snapshots[seen].load(SeqCst);
            self.snapshots[writer.spare].store(keys | 1 << key, SeqCst);
            match self.current.compare_exchange(seen, writer.spare, SeqCst, SeqCst) {
                Ok(_) => break,
                Err(newer) => seen = newer,
            }
        }
        // Nobody finds the replaced snapshot any more: it is filled next.
        writer.spare = seen;
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u32) -> bool {
        let current = self.current.load(SeqCst);
        self.snapshots[current].load(SeqCst) >> key & 1 == 1
    }
}
