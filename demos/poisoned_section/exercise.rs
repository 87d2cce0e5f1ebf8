//! A theatre where guests change seats, and somebody has to agree to each change.

use super::rt::sync::{Mutex, MutexGuard, PoisonError};

/// Who sits on each of eight seats; 0 is nobody.
pub struct Theatre {
    seats: Mutex<[u64; 8]>,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
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
    // TODO: whatever becomes of `agree`, the guest has one seat at every moment at which somebody
    // else can look: the new one if it agreed, and the old one otherwise. You may change anything
    // but the signatures.
    pub fn change(&self, from: usize, to: usize, agree: impl FnOnce() -> bool) -> bool {
        let mut seats = self.lock();
        let guest = std::mem::take(&mut seats[from]);
        let agreed = agree();
        seats[if agreed { to } else { from }] = guest;
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
