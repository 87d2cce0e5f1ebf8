//! Two shelves, never locked together by the clerk: on the way the pieces are nowhere.

use super::rt::sync::Mutex;

/// How many pieces lie in the window, and how many in the back.
pub struct Store {
    window: Mutex<u64>,
    back: Mutex<u64>,
}

racelab::fields!(Store { window: clerk | buyer, back: clerk | buyer });

impl Store {
    pub fn new(window: u64, back: u64) -> Store {
        Store { window: Mutex::new(window), back: Mutex::new(back) }
    }

    /// Brings pieces from the back to the window, and calls `done` with what lies there then.
    pub fn restock(&self, pieces: u64, done: impl FnOnce(u64)) {
        *self.back.lock().unwrap() -= pieces;
        let now = {
            let mut window = self.window.lock().unwrap();
            *window += pieces;
            *window
        };
        done(now);
    }

    /// Sells one piece from the window, or from the back if the window is empty.
    pub fn sell(&self) {
        let mut window = self.window.lock().unwrap();
        if *window > 0 {
            *window -= 1;
            return;
        }
        let mut back = self.back.lock().unwrap();
        *back -= 1;
    }

    /// How many pieces there are.
    pub fn count(&self) -> u64 {
        let window = self.window.lock().unwrap();
        let back = self.back.lock().unwrap();
        *window + *back
    }
}
