//! A table of sessions behind a lock: right, but a request waits for the desk.

use super::rt::sync::Mutex;

/// The open sessions with their users.
pub struct Sessions {
    open: Mutex<Vec<(u32, u32)>>,
}

racelab::fields!(Sessions { open: desk | request });

impl Sessions {
    pub fn new() -> Sessions {
        Sessions { open: Mutex::new(Vec::new()) }
    }

    /// Opens a session. Its number is new; there are four in all. One thread does this.
    pub fn log_in(&self, session: u32, user: u32) {
        self.open.lock().unwrap().push((session, user));
    }

    /// Closes a session that is open. The same thread does this.
    pub fn log_out(&self, session: u32) {
        self.open.lock().unwrap().retain(|open| open.0 != session);
    }

    /// The user of a session, if it is open.
    pub fn user(&self, session: u32) -> Option<u32> {
        let open = self.open.lock().unwrap();
        open.iter().find(|open| open.0 == session).map(|open| open.1)
    }
}
