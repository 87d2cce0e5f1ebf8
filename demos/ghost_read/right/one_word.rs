//! A table of words: session and user come and go together.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Room for four sessions: the number in the upper half, the user in the lower.
pub struct Sessions {
    places: [AtomicU64; 4],
}

racelab::fields!(Sessions { places: desk -> request });

impl Sessions {
    pub fn new() -> Sessions {
        Sessions { places: std::array::from_fn(|_| AtomicU64::new(0)) }
    }

    /// Opens a session. Its number is new; there are four in all. One thread does this.
    pub fn log_in(&self, session: u32, user: u32) {
        let free = self.places.iter().find(|place| place.load(Relaxed) == 0);
        let place = free.expect("a free place");
        place.store(u64::from(session) << 32 | u64::from(user), Relaxed);
    }

    /// Closes a session that is open. The same thread does this.
    pub fn log_out(&self, session: u32) {
        let mut places = self.places.iter();
        let place = places.find(|place| (place.load(Relaxed) >> 32) as u32 == session);
        place.expect("an open session").store(0, Relaxed);
    }

    /// The user of a session, if it is open.
    pub fn user(&self, session: u32) -> Option<u32> {
        let mut places = self.places.iter().map(|place| place.load(Relaxed));
        places.find(|place| (place >> 32) as u32 == session).map(|place| place as u32)
    }
}
