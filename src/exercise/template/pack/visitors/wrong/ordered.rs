//! Visitors are counted in two steps, with Acquire and Release.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Release};

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
        let count = self.count.load(Acquire);
        self.count.store(count + 1, Release);
    }

    /// How many came in.
    pub fn count(&self) -> u64 {
        self.count.load(Acquire)
    }
}
