//! Look whether the seat is free, then take it.

use super::rt::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// The last seat of the house.
pub struct Seat {
    taken: AtomicBool,
}

racelab::fields!(Seat { taken: left | right });

impl Seat {
    pub fn new() -> Seat {
        Seat { taken: AtomicBool::new(false) }
    }

    /// Sells the seat, if it is free.
    pub fn sell(&self) -> bool {
        if self.taken.load(Relaxed) {
            return false;
        }
        self.taken.store(true, Relaxed);
        true
    }
}
