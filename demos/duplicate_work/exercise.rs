//! A client with one connection to its server: whoever needs it first dials.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The connection's number, or 0 while there is none.
pub struct Client {
    connection: AtomicU64,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Client { connection: sender | logger });

impl Client {
    pub fn new() -> Client {
        Client { connection: AtomicU64::new(0) }
    }

    /// The connection, dialled if there is none. A number is never 0 and less than 1000.
    // TODO: however many threads ask at once, one of them dials, and all get that connection. You
    // may change anything but the signatures.
    pub fn connection(&self, dial: impl FnOnce() -> u64) -> u64 {
        let open = self.connection.load(Acquire);
        if open != 0 {
            return open;
        }
        let number = dial();
        self.connection.store(number, Release);
        number
    }

    /// Gives up the connection: whoever needs one next dials again.
    pub fn hang_up(&self) -> Option<u64> {
        let number = self.connection.swap(0, Relaxed);
        (number != 0).then_some(number)
    }
}
