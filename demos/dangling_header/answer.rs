//! A notice board that counts its visitors: in before they look, and out when they have read.

use super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};
use super::rt::thread::yield_now;

/// On a sheet that has been shredded.
pub const SHREDDED: u64 = u64::MAX;

/// Two frames for sheets, and which of them is to be read.
pub struct Board {
    current: AtomicUsize,
    sheets: [AtomicU64; 2],
    visitors: AtomicUsize,
}

racelab::fields!(Board {
    current: caretaker -> visitor, sheets: caretaker -> visitor, visitors: visitor -> caretaker
});

impl Board {
    pub fn new(text: u64) -> Board {
        let sheets = [AtomicU64::new(text), AtomicU64::new(SHREDDED)];
        Board { current: AtomicUsize::new(0), sheets, visitors: AtomicUsize::new(0) }
    }

    /// Puts up a new sheet, and shreds the old one. One caretaker does this.
    pub fn post(&self, text: u64) {
        let old = self.current.load(Relaxed);
        self.sheets[1 - old].store(text, Relaxed);
        self.current.store(1 - old, Release);
        // Pairs with both in `read`: who comes later sees the new sheet, who has gone has read.
        while self.visitors.fetch_add(0, AcqRel) != 0 {
            yield_now();
        }
        self.sheets[old].store(SHREDDED, Relaxed);
    }

    /// What the sheet says.
    pub fn read(&self) -> u64 {
        // Pairs with the count in `post`.
        self.visitors.fetch_add(1, Acquire);
        let current = self.current.load(Acquire);
        let text = self.sheets[current].load(Relaxed);
        // Pairs with the count in `post`.
        self.visitors.fetch_sub(1, Release);
        text
    }

    /// How many sheets are not shredded.
    pub fn sheets(&self) -> usize {
        self.sheets.iter().filter(|sheet| sheet.load(Relaxed) != SHREDDED).count()
    }
}
