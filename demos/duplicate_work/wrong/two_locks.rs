//! A client that looks under the lock, dials, and stores under the lock: two look before one stores.

use super::rt::sync::Mutex;

/// The connection's number, or 0 while there is none.
pub struct Client {
    connection: Mutex<u64>,
}

racelab::fields!(Client { connection: sender | logger });

impl Client {
    pub fn new() -> Client {
        Client { connection: Mutex::new(0) }
    }

    /// The connection, dialled if there is none. A number is never 0 and less than 1000.
    pub fn connection(&self, dial: impl FnOnce() -> u64) -> u64 {
        let open = *self.connection.lock().unwrap();
        if open != 0 {
            return open;
        }
        let number = dial();
        *self.connection.lock().unwrap() = number;
        number
    }

    /// Gives up the connection: whoever needs one next dials again.
    pub fn hang_up(&self) -> Option<u64> {
        let number = std::mem::take(&mut *self.connection.lock().unwrap());
        (number != 0).then_some(number)
    }
}
