//! A cloakroom with a lock.

use super::rt::sync::Mutex;

/// The free lockers.
pub struct Room {
    free: Mutex<Vec<usize>>,
}

racelab::fields!(Room { free: guest | rival });

impl Room {
    pub fn new() -> Room {
        Room { free: Mutex::new(vec![3, 2, 1, 0]) }
    }

    /// A free locker, 0 to 3; `None` if there is none.
    pub fn take(&self) -> Option<usize> {
        self.free.lock().unwrap().pop()
    }

    /// Gives back a locker that was taken.
    pub fn give_back(&self, locker: usize) {
        self.free.lock().unwrap().push(locker);
    }
}
