//! A map in four parts: a write changes one entry in place, and locks a quarter of the map.

use std::collections::HashMap;

use super::rt::sync::RwLock;

/// Sessions by number, each with the second at which it ends.
pub struct Sessions {
    shards: [Shard; 4],
}

/// The sessions with one remainder, on cache lines of their own.
#[repr(align(128))]
pub struct Shard {
    map: RwLock<HashMap<u64, u64>>,
}

racelab::fields!(Sessions { shards: reader | writer });
racelab::fields!(Shard { map: reader | writer });

impl Sessions {
    pub fn new(sessions: u64) -> Sessions {
        let numbers = |shard: usize| (shard as u64..sessions).step_by(4);
        let map = |shard| numbers(shard).map(|session| (session, 0)).collect();
        Sessions { shards: std::array::from_fn(|shard| Shard { map: RwLock::new(map(shard)) }) }
    }

    /// When a session ends, for the thread of this number.
    pub fn end(&self, _thread: usize, session: u64) -> Option<u64> {
        self.shard(session).read().unwrap().get(&session).copied()
    }

    /// A session ends at another time: one entry is changed.
    pub fn set_end(&self, _thread: usize, session: u64, end: u64) {
        self.shard(session).write().unwrap().insert(session, end);
    }

    fn shard(&self, session: u64) -> &RwLock<HashMap<u64, u64>> {
        &self.shards[session as usize % 4].map
    }
}
