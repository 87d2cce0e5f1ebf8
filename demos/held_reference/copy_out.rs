//! A map in shards that shows a copy of a value: whoever looks at it holds nothing.

use super::rt::sync::Mutex;

/// The values of the keys 0 to 15: the even ones in the first shard, the odd ones in the second.
pub struct Map {
    shards: [Mutex<[u64; 8]>; 2],
}

racelab::fields!(Map { shards: visitor | other });

impl Map {
    pub fn new() -> Map {
        Map { shards: [Mutex::new([0; 8]), Mutex::new([0; 8])] }
    }

    /// Works on the value of a key. A lock is shown where `with` is called.
    #[track_caller]
    pub fn with<R>(&self, key: usize, work: impl FnOnce(&mut u64) -> R) -> R {
        let mut shard = self.shards[key % 2].lock().unwrap();
        work(&mut shard[key / 2])
    }

    /// Adds to the value of a key.
    pub fn add(&self, key: usize, amount: u64) {
        self.with(key, |value| *value += amount);
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.with(key, |value| *value)
    }

    /// Shows the value of a key to somebody who must not change it.
    pub fn visit(&self, key: usize, show: impl FnOnce(u64)) {
        let value = self.get(key);
        show(value);
    }
}
