//! A client that dials once in its life: after hanging up there is no connection.

use super::rt::sync::Mutex;

/// The connection's number while it is open, and whether anybody has ever dialled.
pub struct Client {
    connection: Mutex<(u64, bool)>,
}

racelab::fields!(Client { connection: sender | logger });

impl Client {
    pub fn new() -> Client {
        Client { connection: Mutex::new((0, false)) }
    }

    /// The connection, dialled if there is none. A number is never 0 and less than 1000.
    pub fn connection(&self, dial: impl FnOnce() -> u64) -> u64 {
        let mut connection = self.connection.lock().unwrap();
        if !connection.1 {
            *connection = (dial(), true);
        }
        connection.0
    }

    /// Gives up the connection: whoever needs one next dials again.
    pub fn hang_up(&self) -> Option<u64> {
        let number = std::mem::take(&mut self.connection.lock().unwrap().0);
        (number != 0).then_some(number)
    }
}
