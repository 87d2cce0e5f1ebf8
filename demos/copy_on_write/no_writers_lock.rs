//! A map of which every write makes a copy, and two writers may copy the same one.

use std::collections::HashMap;

use super::rt::sync::{Arc, Mutex};

/// Sessions by number, each with the second at which it ends.
pub struct Sessions {
    readers: [Reader; 2],
}

/// The map that some of the threads read, on cache lines of its own. It is not changed: it is
/// replaced.
#[repr(align(128))]
pub struct Reader {
    current: Mutex<Arc<HashMap<u64, u64>>>,
}

racelab::fields!(Sessions { readers: reader | writer });
racelab::fields!(Reader { current: reader | writer });

impl Sessions {
    pub fn new(sessions: u64) -> Sessions {
        let map = Arc::new((0..sessions).map(|session| (session, 0)).collect::<HashMap<_, _>>());
        let readers = [(); 2].map(|()| Reader { current: Mutex::new(map.clone()) });
        Sessions { readers }
    }

    /// When a session ends, for the thread of this number.
    pub fn end(&self, thread: usize, session: u64) -> Option<u64> {
        self.readers[thread % 2].current.lock().unwrap().get(&session).copied()
    }

    /// The map as it is now. No entry is copied.
    fn snapshot(&self, thread: usize) -> Arc<HashMap<u64, u64>> {
        self.readers[thread % 2].current.lock().unwrap().clone()
    }

    /// A session ends at another time: the whole map is copied.
    pub fn set_end(&self, thread: usize, session: u64, end: u64) {
        // Only the pointer is taken under the lock: readers go on while the map is copied.
        let mut map = HashMap::clone(&self.snapshot(thread));
        map.insert(session, end);
        let map = Arc::new(map);
        // Both locks are held before one is replaced: no thread goes back in time.
        let mut maps = self.readers.each_ref().map(|reader| reader.current.lock().unwrap());
        let old = maps.each_mut().map(|current| std::mem::replace(&mut **current, map.clone()));
        drop(maps);
        // The last owner frees a whole map, and no lock is held.
        drop(old);
    }
}
