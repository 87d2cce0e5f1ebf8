//! A wall of notes: each new note hangs on top of the one before, and readers turn them over.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
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

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Wall { sheets: anna | ben, used: anna | ben, top: anna | ben });
racelab::fields!(Sheet { text: anna | ben, under: anna | ben });

impl Wall {
    pub fn new() -> Wall {
        let sheet = |_| Sheet { text: AtomicU64::new(0), under: AtomicUsize::new(0) };
        let sheets = std::array::from_fn(sheet);
        Wall { sheets, used: AtomicUsize::new(1), top: AtomicUsize::new(0) }
    }

    /// Pins a note on top. Everybody does this.
    // TODO: a note that was pinned must be found by `read` from then on, with its text, whoever
    // pins others meanwhile. You may change anything but the signatures.
    pub fn pin(&self, text: u64) {
        let sheet = self.used.fetch_add(1, Relaxed);
        self.sheets[sheet].text.store(text, Relaxed);
        let top = self.top.load(Relaxed);
        self.sheets[sheet].under.store(top, Relaxed);
        self.top.store(sheet, Release);
    }

    /// The notes, from the top.
    pub fn read(&self) -> Vec<u64> {
        let mut notes = Vec::new();
        let mut sheet = self.top.load(Acquire);
        while sheet != 0 {
            notes.push(self.sheets[sheet].text.load(Relaxed));
            sheet = self.sheets[sheet].under.load(Relaxed);
        }
        notes
    }
}
