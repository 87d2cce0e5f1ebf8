//! A cache that looks again before it has the write lock: somebody may still be faster.

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
        let look = || self.values.read().unwrap()[key];
        for found in [look(), look()] {
            if found != 0 {
                return found;
            }
        }
        let mut values = self.values.write().unwrap();
        values[key] = value;
        value
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.values.read().unwrap()[key]
    }
}
