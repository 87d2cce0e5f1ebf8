//! A routing table in eight copies, and one lock around them so that there can be more of them.

use super::rt::sync::RwLock;

/// Where eight destinations are reached. Read all the time, and hardly ever changed.
pub struct Routes {
    shares: RwLock<Vec<Share>>,
}

/// A copy for some of the readers, on cache lines of its own.
#[repr(align(128))]
pub struct Share {
    table: RwLock<[u64; 8]>,
}

racelab::fields!(Routes { shares: reader | writer });
racelab::fields!(Share { table: reader | writer });

impl Routes {
    pub fn new() -> Routes {
        Routes { shares: RwLock::new((0..8).map(|_| Share::new([0; 8])).collect()) }
    }

    /// Where a destination is reached, for the reader of this number.
    pub fn next_hop(&self, reader: usize, destination: usize) -> u64 {
        let shares = self.shares.read().unwrap();
        shares[reader % shares.len()].table.read().unwrap()[destination]
    }

    /// A destination is reached elsewhere from now on.
    pub fn set(&self, destination: usize, hop: u64) {
        for share in self.shares.write().unwrap().iter() {
            share.table.write().unwrap()[destination] = hop;
        }
    }

    /// There are more readers: twice as many copies.
    pub fn grow(&self) {
        let mut shares = self.shares.write().unwrap();
        let table = *shares[0].table.read().unwrap();
        (0..shares.len()).for_each(|_| shares.push(Share::new(table)));
    }
}

impl Share {
    fn new(table: [u64; 8]) -> Share {
        Share { table: RwLock::new(table) }
    }
}
