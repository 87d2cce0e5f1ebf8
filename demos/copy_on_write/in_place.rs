//! A map behind one lock: a write changes one entry in place, and readers wait while it does.

use std::collections::HashMap;

use super::rt::sync::RwLock;

/// Sessions by number, each with the second at which it ends.
pub struct Sessions {
    map: RwLock<HashMap<u64, u64>>,
}

racelab::fields!(Sessions { map: reader | writer });

impl Sessions {
    pub fn new(sessions: u64) -> Sessions {
        Sessions { map: RwLock::new((0..sessions).map(|session| (session, 0)).collect()) }
    }

    /// When a session ends, for the thread of this number.
    pub fn end(&self, _thread: usize, session: u64) -> Option<u64> {
        self.map.read().unwrap().get(&session).copied()
    }

    /// A session ends at another time: one entry is changed.
    pub fn set_end(&self, _thread: usize, session: u64, end: u64) {
        self.map.write().unwrap().insert(session, end);
    }
}
