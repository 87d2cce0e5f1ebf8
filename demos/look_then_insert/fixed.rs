//! A cache behind a read-write lock: whoever comes to insert looks again before it does.

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
        let found = self.values.read().unwrap()[key];
        if found != 0 {
            return found;
        }
        let mut values = self.values.write().unwrap();
        // Nobody had the lock for a moment: another may have been faster.
        if values[key] == 0 {
            values[key] = value;
        }
        values[key]
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.values.read().unwrap()[key]
    }
}
