//! A notice board: the caretaker puts up a new sheet and shreds the old one, and visitors read.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// On a sheet that has been shredded.
pub const SHREDDED: u64 = u64::MAX;

/// Two frames for sheets, and which of them is to be read.
pub struct Board {
    current: AtomicUsize,
    sheets: [AtomicU64; 2],
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Board { current: caretaker -> visitor, sheets: caretaker -> visitor });

impl Board {
    pub fn new(text: u64) -> Board {
        let sheets = [AtomicU64::new(text), AtomicU64::new(SHREDDED)];
        Board { current: AtomicUsize::new(0), sheets }
    }

    /// Puts up a new sheet, and shreds the old one. One caretaker does this.
    pub fn post(&self, text: u64) {
        let old = self.current.load(Relaxed);
        self.sheets[1 - old].store(text, Relaxed);
        self.current.store(1 - old, Release);
        self.sheets[old].store(SHREDDED, Relaxed);
    }

    /// What the sheet says.
    // TODO: no visitor may read a shredded sheet, old sheets must still be shredded before `post`
    // returns, and a visitor must not wait. You may change anything but the signatures.
    pub fn read(&self) -> u64 {
        let current = self.current.load(Acquire);
        self.sheets[current].load(Relaxed)
    }

    /// How many sheets are not shredded.
    pub fn sheets(&self) -> usize {
        self.sheets.iter().filter(|sheet| sheet.load(Relaxed) != SHREDDED).count()
    }
}
