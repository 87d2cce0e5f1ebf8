//! Visitors are counted by a compare-and-swap that gives up.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// How many came in.
pub struct Visitors {
    count: AtomicU64,
}

racelab::fields!(Visitors { count: front | back });

impl Visitors {
    pub fn new() -> Visitors {
        Visitors { count: AtomicU64::new(0) }
    }

    /// Somebody comes in.
    pub fn enter(&self) {
        let count = self.count.load(Relaxed);
        let _ = self.count.compare_exchange(count, count + 1, Relaxed, Relaxed);
    }

    /// How many came in.
    pub fn count(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
