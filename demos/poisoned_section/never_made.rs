//! A map behind a lock, with a map inside it for each group of keys: that of one group was never made.

use super::rt::sync::{Mutex, PoisonError};

/// Two groups of keys, even and odd.
pub struct Shard {
    groups: Mutex<Groups>,
}

/// What is inside each group, if anybody has made it, and how many entries there are in all.
struct Groups {
    inside: [Option<Bucket>; 2],
    count: u64,
}

/// Eight slots. The tag of one is 0 while it is empty.
#[derive(Default)]
struct Bucket {
    tags: [u8; 8],
    keys: [u64; 8],
    values: [u64; 8],
}

racelab::fields!(Shard { groups: unlucky | inserter });

/// Why there is no answer.
#[derive(Debug)]
pub enum Refused {
    Full,
    Damaged,
}

impl Shard {
    pub fn new() -> Shard {
        let inside = [Some(Bucket::default()), None];
        Shard { groups: Mutex::new(Groups { inside, count: 0 }) }
    }

    /// Adds an entry for a new key; how many there are then.
    pub fn insert_with(&self, key: u64, make: impl FnOnce() -> u64) -> Result<u64, Refused> {
        // A lock that knows no poison is taken like this.
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        groups.count += 1;
        // To write to a map that nobody has made is a panic, in Go as here.
        let bucket = groups.inside[key as usize % 2].as_mut().expect("a map for this group");
        let slot = bucket.tags.iter().position(|&tag| tag == 0).ok_or(Refused::Full)?;
        bucket.values[slot] = make();
        bucket.tags[slot] = tag(key);
        bucket.keys[slot] = key;
        Ok(groups.count)
    }

    /// The value of a key. To read from a map that nobody has made finds nothing, in Go as here.
    pub fn get(&self, key: u64) -> Result<Option<u64>, Refused> {
        let groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(bucket) = &groups.inside[key as usize % 2] else { return Ok(None) };
        let here = |&slot: &usize| bucket.tags[slot] == tag(key) && bucket.keys[slot] == key;
        Ok((0..8).find(here).map(|slot| bucket.values[slot]))
    }
}

/// The tag of a key: seven bits of it, and the highest always set.
fn tag(key: u64) -> u8 {
    0x80 | (key & 0x7f) as u8
}
