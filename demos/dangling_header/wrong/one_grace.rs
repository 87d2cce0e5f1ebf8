//! A notice board with three frames: the sheet before the last one is left for late visitors.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// On a sheet that has been shredded.
pub const SHREDDED: u64 = u64::MAX;

/// Three frames for sheets, and which of them is to be read.
pub struct Board {
    current: AtomicUsize,
    sheets: [AtomicU64; 3],
}

racelab::fields!(Board { current: caretaker -> visitor, sheets: caretaker -> visitor });

impl Board {
    pub fn new(text: u64) -> Board {
        let sheets = [text, SHREDDED, SHREDDED].map(AtomicU64::new);
        Board { current: AtomicUsize::new(0), sheets }
    }

    /// Puts up a new sheet, and shreds the old one. One caretaker does this.
    pub fn post(&self, text: u64) {
        let old = self.current.load(Relaxed);
        let (next, older) = ((old + 1) % 3, (old + 2) % 3);
        self.sheets[next].store(text, Relaxed);
        self.current.store(next, Release);
        self.sheets[older].store(SHREDDED, Relaxed);
    }

    /// What the sheet says.
    pub fn read(&self) -> u64 {
        let current = self.current.load(Acquire);
        self.sheets[current].load(Relaxed)
    }

    /// How many sheets are not shredded.
    pub fn sheets(&self) -> usize {
        self.sheets.iter().filter(|sheet| sheet.load(Relaxed) != SHREDDED).count()
    }
}
