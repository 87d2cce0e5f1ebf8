//! A cloakroom in which whoever takes a locker looks once more whether it is the top one.

use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// In the place of a locker where there is none.
const NONE: usize = 4;

/// The top free locker, and for each free locker which one is under it.
pub struct Room {
    top: AtomicUsize,
    under: [AtomicUsize; 4],
}

racelab::fields!(Room { top: guest | rival, under: guest | rival });

impl Room {
    pub fn new() -> Room {
        Room { top: AtomicUsize::new(0), under: [1, 2, 3, NONE].map(AtomicUsize::new) }
    }

    /// A free locker, 0 to 3; `None` if there is none.
    pub fn take(&self) -> Option<usize> {
        let mut top = self.top.load(Acquire);
        loop {
            if top == NONE {
                return None;
            }
            let under = self.under[top].load(Relaxed);
            let now = self.top.load(Acquire);
            if now != top {
                top = now;
                continue;
            }
            match self.top.compare_exchange(top, under, Acquire, Acquire) {
                Ok(_) => return Some(top),
                Err(now) => top = now,
            }
        }
    }

    /// Gives back a locker that was taken.
    pub fn give_back(&self, locker: usize) {
        let mut top = self.top.load(Relaxed);
        loop {
            self.under[locker].store(top, Relaxed);
            match self.top.compare_exchange(top, locker, Release, Relaxed) {
                Ok(_) => return,
                Err(now) => top = now,
            }
        }
    }
}
