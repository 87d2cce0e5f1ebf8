//! A shard behind a lock, and an insert that is a task: it awaits its value before it takes the lock.

use super::rt::sync::{Mutex, PoisonError};

/// Up to eight entries.
pub struct Shard {
    bucket: Mutex<Bucket>,
}

/// Eight slots. The tag of one is 0 while it is empty.
#[derive(Default)]
struct Bucket {
    tags: [u8; 8],
    keys: [u64; 8],
    values: [u64; 8],
    count: u64,
}

racelab::fields!(Shard { bucket: unlucky | inserter });

/// Why there is no answer.
#[derive(Debug)]
pub enum Refused {
    Full,
    Damaged,
}

impl Shard {
    pub fn new() -> Shard {
        Shard { bucket: Mutex::new(Bucket::default()) }
    }

    /// Adds an entry for a new key; how many there are then.
    pub async fn insert_with(
        &self,
        key: u64,
        make: impl Future<Output = u64>,
    ) -> Result<u64, Refused> {
        // Whoever drops the task does so here, where nothing has been written.
        let value = make.await;
        // A lock that knows no poison is taken like this.
        let mut bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let bucket = &mut *bucket;
        let slot = bucket.tags.iter().position(|&tag| tag == 0).ok_or(Refused::Full)?;
        bucket.tags[slot] = tag(key);
        bucket.keys[slot] = key;
        bucket.count += 1;
        bucket.values[slot] = value;
        Ok(bucket.count)
    }

    /// The value of a key.
    pub fn get(&self, key: u64) -> Result<Option<u64>, Refused> {
        let bucket = self.bucket.lock().unwrap_or_else(PoisonError::into_inner);
        let here = |&slot: &usize| bucket.tags[slot] == tag(key) && bucket.keys[slot] == key;
        Ok((0..8).find(here).map(|slot| bucket.values[slot]))
    }
}

/// The tag of a key: seven bits of it, and the highest always set.
fn tag(key: u64) -> u8 {
    0x80 | (key & 0x7f) as u8
}
