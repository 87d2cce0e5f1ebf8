//! Visitors are counted in two steps, with a second look between them.

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
        let mut count = self.count.load(Relaxed);
        let again = self.count.load(Relaxed);
        if again != count {
            count = again;
        }
        self.count.store(count + 1, Relaxed);
    }

    /// How many came in.
    pub fn count(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
