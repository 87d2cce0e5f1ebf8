//! Two shelves behind one lock: there is no order to get wrong, and nothing is held at the call.

use super::rt::sync::Mutex;

/// How many pieces lie in the window, and how many in the back.
pub struct Store {
    shelves: Mutex<(u64, u64)>,
}

racelab::fields!(Store { shelves: clerk | buyer });

impl Store {
    pub fn new(window: u64, back: u64) -> Store {
        Store { shelves: Mutex::new((window, back)) }
    }

    /// Brings pieces from the back to the window, and calls `done` with what lies there then.
    pub fn restock(&self, pieces: u64, done: impl FnOnce(u64)) {
        let now = {
            let mut shelves = self.shelves.lock().unwrap();
            *shelves = (shelves.0 + pieces, shelves.1 - pieces);
            shelves.0
        };
        done(now);
    }

    /// Sells one piece from the window, or from the back if the window is empty.
    pub fn sell(&self) {
        let mut shelves = self.shelves.lock().unwrap();
        if shelves.0 > 0 {
            shelves.0 -= 1;
        } else {
            shelves.1 -= 1;
        }
    }

    /// How many pieces there are.
    pub fn count(&self) -> u64 {
        let shelves = self.shelves.lock().unwrap();
        shelves.0 + shelves.1
    }
}
