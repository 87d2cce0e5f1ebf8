//! A map in shards, and a task that keeps its shard locked while it waits for an answer.

use super::rt::sync::Mutex;

/// The values of the keys 0 to 15: the even ones in the first shard, the odd ones in the second.
pub struct Map {
    shards: [Mutex<[u64; 8]>; 2],
}

racelab::fields!(Map { shards: worker | other });

impl Map {
    pub fn new() -> Map {
        Map { shards: [Mutex::new([0; 8]), Mutex::new([0; 8])] }
    }

    /// Adds to the value of a key what somebody answers. The guard lives across the `await`.
    pub async fn add(&self, key: usize, answer: impl Future<Output = u64>) {
        let mut shard = self.shards[key % 2].lock().unwrap();
        shard[key / 2] += answer.await;
    }

    /// The value of a key.
    pub fn get(&self, key: usize) -> u64 {
        self.shards[key % 2].lock().unwrap()[key / 2]
    }
}
