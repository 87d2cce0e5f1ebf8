//! A meeting room with a sign for each: who finds the other's sign out goes away, as the other does.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{AcqRel, Relaxed};

/// The room. Its minutes are a number: how many meetings have taken place.
pub struct Room {
    /// How many want the room.
    wanted: AtomicU32,
    minutes: AtomicU32,
}

racelab::fields!(Room { wanted: anna | ben, minutes: anna | ben });

impl Room {
    pub fn new() -> Room {
        Room { wanted: AtomicU32::new(0), minutes: AtomicU32::new(0) }
    }

    /// Holds a meeting and adds it to the minutes, or goes away if the room is occupied: whether
    /// it took place.
    pub fn meet(&self) -> bool {
        self.wanted.fetch_add(1, AcqRel);
        let alone = self.wanted.fetch_add(0, AcqRel) == 1;
        if alone {
            let minutes = self.minutes.load(Relaxed);
            self.minutes.store(minutes + 1, Relaxed);
        }
        self.wanted.fetch_sub(1, AcqRel);
        alone
    }

    /// How many meetings are in the minutes.
    pub fn minutes(&self) -> u32 {
        self.minutes.load(Relaxed)
    }
}
