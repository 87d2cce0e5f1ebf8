//! A wall of notes with a lock: one at a time pins or reads.

use super::rt::sync::Mutex;

/// The notes, the newest last.
pub struct Wall {
    notes: Mutex<Vec<u64>>,
}

racelab::fields!(Wall { notes: anna | ben });

impl Wall {
    pub fn new() -> Wall {
        Wall { notes: Mutex::new(Vec::new()) }
    }

    /// Pins a note on top. Everybody does this.
    pub fn pin(&self, text: u64) {
        self.notes.lock().unwrap().push(text);
    }

    /// The notes, from the top.
    pub fn read(&self) -> Vec<u64> {
        self.notes.lock().unwrap().iter().rev().copied().collect()
    }
}
