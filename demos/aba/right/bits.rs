//! A cloakroom whose free lockers are the bits of one word, and the word is the whole state.

use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// A bit for each free locker.
pub struct Room {
    free: AtomicUsize,
}

racelab::fields!(Room { free: guest | rival });

impl Room {
    pub fn new() -> Room {
        Room { free: AtomicUsize::new(0b1111) }
    }

    /// A free locker, 0 to 3; `None` if there is none.
    pub fn take(&self) -> Option<usize> {
        let mut free = self.free.load(Relaxed);
        loop {
            if free == 0 {
                return None;
            }
            let locker = free.trailing_zeros() as usize;
            match self.free.compare_exchange(free, free & !(1 << locker), Acquire, Relaxed) {
                Ok(_) => return Some(locker),
                Err(now) => free = now,
            }
        }
    }

    /// Gives back a locker that was taken.
    pub fn give_back(&self, locker: usize) {
        self.free.fetch_or(1 << locker, Release);
    }
}
