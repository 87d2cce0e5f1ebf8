//! A table of sessions that closes the session first and clears its user then.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// Room for four sessions, each in the first free place.
pub struct Sessions {
    places: [Place; 4],
}

/// A session and its user. Session 0 is none; user 0 is the administrator.
pub struct Place {
    session: AtomicU32,
    user: AtomicU32,
}

racelab::fields!(Sessions { places: desk -> request });
racelab::fields!(Place { session: desk -> request, user: desk -> request });

impl Sessions {
    pub fn new() -> Sessions {
        let place = |_| Place { session: AtomicU32::new(0), user: AtomicU32::new(0) };
        Sessions { places: std::array::from_fn(place) }
    }

    /// Opens a session. Its number is new; there are four in all. One thread does this.
    pub fn log_in(&self, session: u32, user: u32) {
        let free = self.places.iter().find(|place| place.session.load(Relaxed) == 0);
        let place = free.expect("a free place");
        place.user.store(user, Relaxed);
        place.session.store(session, Release);
    }

    /// Closes a session that is open. The same thread does this.
    pub fn log_out(&self, session: u32) {
        let mut places = self.places.iter();
        let place = places.find(|place| place.session.load(Relaxed) == session);
        let place = place.expect("an open session");
        place.session.store(0, Release);
        place.user.store(0, Release);
    }

    /// The user of a session, if it is open.
    pub fn user(&self, session: u32) -> Option<u32> {
        let mut places = self.places.iter();
        let place = places.find(|place| place.session.load(Acquire) == session)?;
        Some(place.user.load(Relaxed))
    }
}
