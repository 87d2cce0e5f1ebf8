//! A set whose writer holds the snapshot that it compares: what is held is not used again.

use super::rt::sync::{Arc, Mutex};

/// The current snapshot. A snapshot has a bit for each key, and does not change.
pub struct Set {
    current: Mutex<Arc<u64>>,
}

/// A writer, which makes a new snapshot for each key.
pub struct Writer;

racelab::fields!(Set { current: writer | rival | reader });

impl Set {
    pub fn new() -> Set {
        Set { current: Mutex::new(Arc::new(0)) }
    }

    /// The writer 0 or 1.
    pub fn writer(&self, _: usize) -> Writer {
        Writer
    }

    /// Adds a key. The lock is held to look and to exchange, and not to copy.
    pub fn insert(&self, _: &mut Writer, key: u32) {
        let mut seen = self.snapshot();
        loop {
            let copy = Arc::new(*seen | 1 << key);
            let mut current = self.current.lock().unwrap();
            // As long as `seen` is held, its memory is no other snapshot's.
            if Arc::ptr_eq(&current, &seen) {
                *current = copy;
                return;
            }
            seen = Arc::clone(&current);
        }
    }

    /// Whether a key is there.
    pub fn contains(&self, key: u32) -> bool {
        *self.snapshot() >> key & 1 == 1
    }

    #[track_caller]
    fn snapshot(&self) -> Arc<u64> {
        Arc::clone(&self.current.lock().unwrap())
    }
}
