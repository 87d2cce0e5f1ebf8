//! Each table counts who holds it, taken under a lock: the last to let go frees it.

use super::rt::sync::{Arc, Mutex};

/// In a table that has been freed: nobody can see it here.
pub const FREED: u64 = 0xdead;

/// The current table.
pub struct Map {
    current: Mutex<Arc<u64>>,
}

/// What a reader has while it reads: the table.
pub type Held = Arc<u64>;

racelab::fields!(Map { current: writer | reader });

impl Map {
    pub fn new(value: u64) -> Map {
        Map { current: Mutex::new(Arc::new(value)) }
    }

    /// Puts another table in place of the current one; whether there was memory for it.
    pub fn replace(&self, value: u64) -> bool {
        let new = Arc::new(value);
        // The old one is let go of outside of the lock.
        drop(std::mem::replace(&mut *self.current.lock().unwrap(), new));
        true
    }

    /// Begins to read. To look which table is current and to count are one step under the lock.
    pub fn enter(&self) -> Held {
        Arc::clone(&self.current.lock().unwrap())
    }

    /// What is in the table.
    pub fn look(&self, held: &Held) -> u64 {
        **held
    }

    /// Has read.
    pub fn leave(&self, held: Held) {
        drop(held);
    }
}
