//! A visitors' book whose second page is there from the beginning.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// Four lines on two pages, and how many were asked for.
pub struct Book {
    asked: AtomicUsize,
    lines: [AtomicU64; 4],
}

racelab::fields!(Book { asked: visitor | other, lines: visitor | other });

impl Book {
    pub fn new() -> Book {
        Book { asked: AtomicUsize::new(0), lines: [0; 4].map(AtomicU64::new) }
    }

    /// Signs with a name; whether there was room.
    pub fn sign(&self, name: u64) -> bool {
        let line = self.asked.fetch_add(1, Relaxed);
        if line < 4 {
            self.lines[line].store(name, Relaxed);
        }
        line < 4
    }

    /// Whether somebody has signed with this name.
    pub fn signed(&self, name: u64) -> bool {
        self.lines.iter().any(|line| line.load(Relaxed) == name)
    }
}
