//! A notice board whose visitor says which frame it stands at, and looks again.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize, fence};
use super::rt::thread::yield_now;

/// On a sheet that has been shredded.
pub const SHREDDED: u64 = u64::MAX;

/// Two frames for sheets, and which of them is to be read.
pub struct Board {
    current: AtomicUsize,
    sheets: [AtomicU64; 2],
    /// At which frame the one visitor stands; 2 is none.
    at: AtomicUsize,
}

racelab::fields!(Board {
    current: caretaker -> visitor, sheets: caretaker -> visitor, at: visitor -> caretaker
});

impl Board {
    pub fn new(text: u64) -> Board {
        let sheets = [AtomicU64::new(text), AtomicU64::new(SHREDDED)];
        Board { current: AtomicUsize::new(0), sheets, at: AtomicUsize::new(2) }
    }

    /// Puts up a new sheet, and shreds the old one. One caretaker does this.
    pub fn post(&self, text: u64) {
        let old = self.current.load(Relaxed);
        self.sheets[1 - old].store(text, Relaxed);
        self.current.store(1 - old, Release);
        // Pairs with the fence in `read`: the visitor is seen here, or the new sheet there.
        fence(SeqCst);
        // Pairs with both stores in `read`.
        while self.at.load(Acquire) == old {
            yield_now();
        }
        self.sheets[old].store(SHREDDED, Relaxed);
    }

    /// What the sheet says.
    pub fn read(&self) -> u64 {
        let current = loop {
            let current = self.current.load(Relaxed);
            // Released as well: it overwrites the last store below, which a caretaker waits for.
            self.at.store(current, Release);
            // Pairs with the fence in `post`.
            fence(SeqCst);
            if self.current.load(Acquire) == current {
                break current;
            }
        };
        let text = self.sheets[current].load(Relaxed);
        // Pairs with the load in `post`.
        self.at.store(2, Release);
        text
    }

    /// How many sheets are not shredded.
    pub fn sheets(&self) -> usize {
        self.sheets.iter().filter(|sheet| sheet.load(Relaxed) != SHREDDED).count()
    }
}
