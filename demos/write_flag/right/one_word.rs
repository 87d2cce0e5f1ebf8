//! A meeting room whose sign hangs on the minutes: their lowest bit.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The room: twice the number of meetings, and odd during one.
pub struct Room {
    state: AtomicU32,
}

racelab::fields!(Room { state: anna | ben });

impl Room {
    pub fn new() -> Room {
        Room { state: AtomicU32::new(0) }
    }

    /// Holds a meeting and adds it to the minutes, or goes away if the room is occupied: whether
    /// it took place.
    pub fn meet(&self) -> bool {
        if self.state.fetch_or(1, Relaxed) % 2 == 1 {
            return false;
        }
        // From odd to the next even number: the meeting is over, and in the minutes.
        self.state.fetch_add(1, Relaxed);
        true
    }

    /// How many meetings are in the minutes.
    pub fn minutes(&self) -> u32 {
        self.state.load(Relaxed) / 2
    }
}
