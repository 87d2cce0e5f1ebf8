//! A meeting room whose sign is looked at twice before it is hung out.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicBool, AtomicU32};

/// The room. Its minutes are a number: how many meetings have taken place.
pub struct Room {
    occupied: AtomicBool,
    minutes: AtomicU32,
}

racelab::fields!(Room { occupied: anna | ben, minutes: anna | ben });

impl Room {
    pub fn new() -> Room {
        Room { occupied: AtomicBool::new(false), minutes: AtomicU32::new(0) }
    }

    /// Holds a meeting and adds it to the minutes, or goes away if the room is occupied: whether
    /// it took place.
    pub fn meet(&self) -> bool {
        if self.occupied.load(Relaxed) || self.occupied.load(Relaxed) {
            return false;
        }
        self.occupied.store(true, Relaxed);
        let minutes = self.minutes.load(Relaxed);
        self.minutes.store(minutes + 1, Relaxed);
        self.occupied.store(false, Relaxed);
        true
    }

    /// How many meetings are in the minutes.
    pub fn minutes(&self) -> u32 {
        self.minutes.load(Relaxed)
    }
}
