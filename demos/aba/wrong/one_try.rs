//! A cloakroom that counts changes, and refuses whoever meets another.

use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// In the place of a locker where there is none.
const NONE: usize = 4;

/// The locker is in the lowest bits of the top word, and one change counts this much.
const CHANGE: usize = 8;

/// The top free locker, with the number of changes, and for each free locker which one is under it.
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
        let top = self.top.load(Acquire);
        let (changes, locker) = (top / CHANGE, top % CHANGE);
        if locker == NONE {
            return None;
        }
        let under = self.under[locker].load(Relaxed);
        let next = (changes + 1) * CHANGE + under;
        let taken = self.top.compare_exchange(top, next, Acquire, Acquire);
        taken.ok().map(|_| locker)
    }

    /// Gives back a locker that was taken.
    pub fn give_back(&self, locker: usize) {
        let mut top = self.top.load(Relaxed);
        loop {
            self.under[locker].store(top % CHANGE, Relaxed);
            let next = (top / CHANGE + 1) * CHANGE + locker;
            match self.top.compare_exchange(top, next, Release, Relaxed) {
                Ok(_) => return,
                Err(now) => top = now,
            }
        }
    }
}
