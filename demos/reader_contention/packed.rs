//! A routing table in eight copies, with their locks side by side.

use super::rt::sync::RwLock;

/// Where eight destinations are reached. Read all the time, and hardly ever changed.
pub struct Routes {
    shares: [Share; 8],
}

/// A copy for some of the readers, right after the one before.
pub struct Share {
    table: RwLock<[u64; 8]>,
}

racelab::fields!(Routes { shares: reader | writer });
racelab::fields!(Share { table: reader | writer });

impl Routes {
    pub fn new() -> Routes {
        Routes { shares: std::array::from_fn(|_| Share { table: RwLock::new([0; 8]) }) }
    }

    /// Where a destination is reached, for the reader of this number.
    pub fn next_hop(&self, reader: usize, destination: usize) -> u64 {
        self.shares[reader % 8].table.read().unwrap()[destination]
    }

    /// A destination is reached elsewhere from now on.
    pub fn set(&self, destination: usize, hop: u64) {
        // All locks are held before the first copy changes: whoever has read the new hop in one copy
        // does not find the old one in another.
        let mut tables = self.shares.each_ref().map(|share| share.table.write().unwrap());
        tables.iter_mut().for_each(|table| table[destination] = hop);
    }
}
