//! A cache that keeps its read lock while it waits for the write lock: it waits for itself.

use super::rt::sync::RwLock;

/// The values of the keys 0 to 3; 0 is no value.
pub struct Cache {
    values: RwLock<[u64; 4]>,
}

racelab::fields!(Cache { values: caller | other });

impl Cache {
    pub fn new() -> Cache {
        Cache { values: RwLock::new([0; 4]) }
    }

    /// The value of a key, which is this one if there is none yet.
    pub fn get_or_insert(&self, key: usize, value: u64) -> u64 {
        // The guard of what is matched lives to the end of the `match`.
        match self.values.read().unwrap()[key] {
            0 => {
                self.values.write().unwrap()[key] = value;
                value
            }
            found => found,
        }
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.values.read().unwrap()[key]
    }
}
