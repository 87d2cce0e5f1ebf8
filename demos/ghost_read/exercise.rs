//! A table of sessions: a desk logs users in and out, requests ask whose session they belong to.

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

// Who writes each field -> who only reads it: `racelab explain fields`.
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
    // TODO: while a session is open `user` must find its user, later nobody, and never another one;
    // and a request must not wait for the desk. You may change anything but the signatures.
    pub fn log_out(&self, session: u32) {
        let mut places = self.places.iter();
        let place = places.find(|place| place.session.load(Relaxed) == session);
        let place = place.expect("an open session");
        place.user.store(0, Relaxed);
        place.session.store(0, Relaxed);
    }

    /// The user of a session, if it is open.
    pub fn user(&self, session: u32) -> Option<u32> {
        let mut places = self.places.iter();
        let place = places.find(|place| place.session.load(Acquire) == session)?;
        Some(place.user.load(Relaxed))
    }
}
