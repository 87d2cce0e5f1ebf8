//! A meeting room without a sign: the minutes are right, and two meetings may be in it at once.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The room. Its minutes are a number: how many meetings have taken place.
pub struct Room {
    minutes: AtomicU32,
}

racelab::fields!(Room { minutes: anna | ben });

impl Room {
    pub fn new() -> Room {
        Room { minutes: AtomicU32::new(0) }
    }

    /// Holds a meeting and adds it to the minutes: whether it took place.
    pub fn meet(&self) -> bool {
        self.minutes.fetch_add(1, Relaxed);
        true
    }

    /// How many meetings are in the minutes.
    pub fn minutes(&self) -> u32 {
        self.minutes.load(Relaxed)
    }
}
