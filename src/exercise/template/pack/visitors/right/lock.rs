//! Visitors are counted under a lock.

use super::rt::sync::Mutex;

/// How many came in.
pub struct Visitors {
    count: Mutex<u64>,
}

racelab::fields!(Visitors { count: front | back });

impl Visitors {
    pub fn new() -> Visitors {
        Visitors { count: Mutex::new(0) }
    }

    /// Somebody comes in.
    pub fn enter(&self) {
        *self.count.lock().unwrap() += 1;
    }

    /// How many came in.
    pub fn count(&self) -> u64 {
        *self.count.lock().unwrap()
    }
}
