//! A meeting room with a queue at its door: nobody is sent away, and everybody waits.

use super::rt::sync::Mutex;

/// The room. Its minutes are a number: how many meetings have taken place.
pub struct Room {
    minutes: Mutex<u32>,
}

racelab::fields!(Room { minutes: anna | ben });

impl Room {
    pub fn new() -> Room {
        Room { minutes: Mutex::new(0) }
    }

    /// Holds a meeting and adds it to the minutes: whether it took place.
    pub fn meet(&self) -> bool {
        *self.minutes.lock().unwrap() += 1;
        true
    }

    /// How many meetings are in the minutes.
    pub fn minutes(&self) -> u32 {
        *self.minutes.lock().unwrap()
    }
}
