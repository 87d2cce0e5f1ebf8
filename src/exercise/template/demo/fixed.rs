//! Look whether the seat is free and take it, under one lock.

use super::rt::sync::Mutex;

/// The last seat of the house.
pub struct Seat {
    taken: Mutex<bool>,
}

racelab::fields!(Seat { taken: left | right });

impl Seat {
    pub fn new() -> Seat {
        Seat { taken: Mutex::new(false) }
    }

    /// Sells the seat, if it is free.
    pub fn sell(&self) -> bool {
        let mut taken = self.taken.lock().unwrap();
        if *taken {
            return false;
        }
        *taken = true;
        true
    }
}
