//! A wall of notes whose top is exchanged, and nothing makes the text arrive first.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Five sheets, handed out one by one; sheet 0 is none.
pub struct Wall {
    sheets: [Sheet; 5],
    used: AtomicUsize,
    top: AtomicUsize,
}

/// A note, and the sheet under it.
pub struct Sheet {
    text: AtomicU64,
    under: AtomicUsize,
}

racelab::fields!(Wall { sheets: anna | ben, used: anna | ben, top: anna | ben });
racelab::fields!(Sheet { text: anna | ben, under: anna | ben });

impl Wall {
    pub fn new() -> Wall {
        let sheet = |_| Sheet { text: AtomicU64::new(0), under: AtomicUsize::new(0) };
        let sheets = std::array::from_fn(sheet);
        Wall { sheets, used: AtomicUsize::new(1), top: AtomicUsize::new(0) }
    }

    /// Pins a note on top. Everybody does this.
    pub fn pin(&self, text: u64) {
        let sheet = self.used.fetch_add(1, Relaxed);
        self.sheets[sheet].text.store(text, Relaxed);
        let mut top = self.top.load(Relaxed);
        loop {
            self.sheets[sheet].under.store(top, Relaxed);
            match self.top.compare_exchange(top, sheet, Relaxed, Relaxed) {
                Ok(_) => return,
                Err(newer) => top = newer,
            }
        }
    }

    /// The notes, from the top.
    pub fn read(&self) -> Vec<u64> {
        let mut notes = Vec::new();
        let mut sheet = self.top.load(Relaxed);
        while sheet != 0 {
            notes.push(self.sheets[sheet].text.load(Relaxed));
            sheet = self.sheets[sheet].under.load(Relaxed);
        }
        notes
    }
}
