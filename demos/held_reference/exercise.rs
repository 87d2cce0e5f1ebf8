//! Two shelves of a store, each behind a lock: a clerk restocks, and a counter counts.

use super::rt::sync::Mutex;

/// How many pieces lie in the window, and how many in the back.
pub struct Store {
    window: Mutex<u64>,
    back: Mutex<u64>,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Store { window: clerk | buyer, back: clerk | buyer });

impl Store {
    pub fn new(window: u64, back: u64) -> Store {
        Store { window: Mutex::new(window), back: Mutex::new(back) }
    }

    /// Brings pieces from the back to the window, and calls `done` with what lies there then.
    // TODO: no thread may wait for ever, whatever `done` asks the store; no piece may be in two
    // places or in none when somebody counts. You may change anything but the signatures.
    pub fn restock(&self, pieces: u64, done: impl FnOnce(u64)) {
        let mut back = self.back.lock().unwrap();
        let mut window = self.window.lock().unwrap();
        *back -= pieces;
        *window += pieces;
        done(*window);
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
