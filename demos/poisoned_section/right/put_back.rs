//! A theatre where a guard puts the guest back, however the agreeing ends.

use super::rt::sync::{Mutex, MutexGuard, PoisonError};

/// Who sits on each of eight seats; 0 is nobody.
pub struct Theatre {
    seats: Mutex<[u64; 8]>,
}

racelab::fields!(Theatre { seats: clerk -> usher });

/// A guest who was taken off a seat, and goes back to it unless somebody else takes care of them.
struct Aside<'a> {
    from: usize,
    guest: u64,
    seats: MutexGuard<'a, [u64; 8]>,
}

impl Drop for Aside<'_> {
    fn drop(&mut self) {
        if self.guest != 0 {
            self.seats[self.from] = self.guest;
        }
    }
}

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
        let mut aside = Aside { from, guest: 0, seats: self.lock() };
        aside.guest = std::mem::take(&mut aside.seats[from]);
        let agreed = agree();
        if agreed {
            aside.seats[to] = std::mem::take(&mut aside.guest);
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
