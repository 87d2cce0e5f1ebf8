//! A routing table behind one lock: readers share the table, and each of them writes to the lock.

use super::rt::sync::RwLock;

/// Where eight destinations are reached. Read all the time, and hardly ever changed.
pub struct Routes {
    table: RwLock<[u64; 8]>,
}

racelab::fields!(Routes { table: reader | writer });

impl Routes {
    pub fn new() -> Routes {
        Routes { table: RwLock::new([0; 8]) }
    }

    /// Where a destination is reached, for the reader of this number.
    pub fn next_hop(&self, _reader: usize, destination: usize) -> u64 {
        // Taking the lock adds one to its count of readers, and giving it back takes one away.
        self.table.read().unwrap()[destination]
    }

    /// A destination is reached elsewhere from now on.
    pub fn set(&self, destination: usize, hop: u64) {
        self.table.write().unwrap()[destination] = hop;
    }
}
