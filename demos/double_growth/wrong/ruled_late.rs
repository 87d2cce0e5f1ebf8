//! A page that is made the second one first, and ruled afterwards.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize};

/// Pages of two lines. The first one is ready; which of the blank ones is the second is said later.
pub struct Book {
    first: Page,
    second: AtomicUsize,
    begun: AtomicUsize,
    blank: [Page; 4],
}

/// How many lines are free, or nothing to go by if it is less than one; a name on each line.
pub struct Page {
    free: AtomicI64,
    lines: [AtomicU64; 2],
}

racelab::fields!(Book {
    first: visitor | other,
    second: visitor | other,
    begun: visitor | other,
    blank: visitor | other,
});
racelab::fields!(Page { free: visitor | other, lines: visitor | other });

/// There is no second page yet.
const NONE: usize = usize::MAX;

impl Book {
    pub fn new() -> Book {
        let first = Page::blank();
        first.rule();
        let blank = [(); 4].map(|()| Page::blank());
        Book { first, second: AtomicUsize::new(NONE), begun: AtomicUsize::new(0), blank }
    }

    /// Signs with a name, on the first page or else on the second; whether there was room.
    pub fn sign(&self, name: u64) -> bool {
        if self.first.sign(name) {
            return true;
        }
        let mut second = self.second.load(Acquire);
        if second == NONE {
            let mine = self.begun.fetch_add(1, Relaxed);
            match self.second.compare_exchange(NONE, mine, Release, Acquire) {
                Ok(_) => {
                    self.blank[mine].rule();
                    second = mine;
                }
                Err(theirs) => second = theirs,
            }
        }
        self.blank[second].sign(name)
    }

    /// Whether somebody has signed with this name.
    pub fn signed(&self, name: u64) -> bool {
        let second = self.second.load(Acquire);
        self.first.names(name) || second != NONE && self.blank[second].names(name)
    }
}

impl Page {
    fn blank() -> Page {
        Page { free: AtomicI64::new(0), lines: [0, 0].map(AtomicU64::new) }
    }

    fn rule(&self) {
        self.free.store(2, Relaxed);
    }

    fn sign(&self, name: u64) -> bool {
        let free = self.free.fetch_sub(1, Relaxed);
        if free > 0 {
            self.lines[free as usize - 1].store(name, Relaxed);
        }
        free > 0
    }

    fn names(&self, name: u64) -> bool {
        self.lines.iter().any(|line| line.load(Relaxed) == name)
    }
}
