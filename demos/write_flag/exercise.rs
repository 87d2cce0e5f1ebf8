//! A meeting room with a sign: who finds it free hangs the sign out, and takes it down after.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicBool, AtomicU32};

/// The room. Its minutes are a number: how many meetings have taken place.
pub struct Room {
    occupied: AtomicBool,
    minutes: AtomicU32,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Room { occupied: anna | ben, minutes: anna | ben });

impl Room {
    pub fn new() -> Room {
        Room { occupied: AtomicBool::new(false), minutes: AtomicU32::new(0) }
    }

    /// Holds a meeting and adds it to the minutes, or goes away if the room is occupied: whether
    /// it took place.
    // TODO: a meeting that took place must be in the minutes; two must not be in the room at once,
    // and of two that come at once one must get it. Nobody waits. You may change anything but the
    // signatures.
    pub fn meet(&self) -> bool {
        if self.occupied.load(Relaxed) {
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
