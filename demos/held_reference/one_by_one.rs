//! A map in shards that locks one at a time: between the two the amount is nowhere.

use super::rt::sync::Mutex;

/// The values of the keys 0 to 15: the even ones in the first shard, the odd ones in the second.
pub struct Map {
    shards: [Mutex<[u64; 8]>; 2],
}

racelab::fields!(Map { shards: mover | teller });

impl Map {
    pub fn new() -> Map {
        Map { shards: [Mutex::new([0; 8]), Mutex::new([0; 8])] }
    }

    /// Works on the value of a key.
    pub fn with<R>(&self, key: usize, work: impl FnOnce(&mut u64) -> R) -> R {
        let mut shard = self.shards[key % 2].lock().unwrap();
        work(&mut shard[key / 2])
    }

    /// Adds to the value of a key.
    pub fn add(&self, key: usize, amount: u64) {
        self.with(key, |value| *value += amount);
    }

    /// Moves an amount from one key to another.
    pub fn transfer(&self, from: usize, to: usize, amount: u64) {
        self.with(from, |from| *from -= amount);
        self.with(to, |to| *to += amount);
    }

    /// All values, added up.
    pub fn total(&self) -> u64 {
        let first = self.shards[0].lock().unwrap();
        let second = self.shards[1].lock().unwrap();
        first.iter().sum::<u64>() + second.iter().sum::<u64>()
    }
}
