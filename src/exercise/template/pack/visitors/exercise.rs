//! Visitors come in by two doors, and a display shows how many there are.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// How many came in.
pub struct Visitors {
    count: AtomicU64,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Visitors { count: front | back });

impl Visitors {
    pub fn new() -> Visitors {
        Visitors { count: AtomicU64::new(0) }
    }

    /// Somebody comes in.
    // TODO: whoever comes in is counted, by whichever door. Keep the signatures.
    pub fn enter(&self) {
        let count = self.count.load(Relaxed);
        self.count.store(count + 1, Relaxed);
    }

    /// How many came in.
    pub fn count(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
