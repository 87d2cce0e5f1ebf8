//! A theatre where a guest is moved only after everything that can fail is over.

use super::rt::sync::{Mutex, MutexGuard, PoisonError};

/// Who sits on each of eight seats; 0 is nobody.
pub struct Theatre {
    seats: Mutex<[u64; 8]>,
}

racelab::fields!(Theatre { seats: clerk -> usher });

impl Theatre {
    pub fn new() -> Theatre {
        Theatre { seats: Mutex::new([0; 8]) }
    }

    /// A guest takes a free seat.
    pub fn sit(&self, guest: u64, seat: usize) {
        self.lock()[seat] = guest;
    }

    /// Moves whoever sits on one seat to another that is free, if `agree` says so. A panic in
    /// `agree` goes on to the caller.
    pub fn change(&self, from: usize, to: usize, agree: impl FnOnce() -> bool) -> bool {
        // No lock is held here: agreeing may ask this theatre.
        let agreed = agree();
        if agreed {
            let mut seats = self.lock();
            seats[to] = std::mem::take(&mut seats[from]);
        }
        agreed
    }

    /// The seats of a guest, a bit for each.
    pub fn seats_of(&self, guest: u64) -> u64 {
        let seats = self.lock();
        (0..8).filter(|&seat| seats[seat] == guest).map(|seat| 1 << seat).sum()
    }

    fn lock(&self) -> MutexGuard<'_, [u64; 8]> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
