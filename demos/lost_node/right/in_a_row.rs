//! A wall of notes side by side: whoever takes a place has it, and a text makes it a note.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Four places, handed out one by one; a place with text 0 is empty.
pub struct Wall {
    notes: [AtomicU64; 4],
    used: AtomicUsize,
}

racelab::fields!(Wall { notes: anna | ben, used: anna | ben });

impl Wall {
    pub fn new() -> Wall {
        let notes = std::array::from_fn(|_| AtomicU64::new(0));
        Wall { notes, used: AtomicUsize::new(0) }
    }

    /// Pins a note on top. Everybody does this.
    pub fn pin(&self, text: u64) {
        let place = self.used.fetch_add(1, Relaxed);
        self.notes[place].store(text, Relaxed);
    }

    /// The notes, from the top.
    pub fn read(&self) -> Vec<u64> {
        let notes = self.notes.iter().rev().map(|note| note.load(Relaxed));
        notes.filter(|&text| text != 0).collect()
    }
}
