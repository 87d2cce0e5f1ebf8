//! A client that waits a hundred rounds for another to dial, and then dials as well.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::thread::yield_now;

/// What the word is while somebody dials: no connection has this number.
const DIALLING: u64 = 1000;

/// The connection's number, 0 while there is none, or DIALLING.
pub struct Client {
    connection: AtomicU64,
}

racelab::fields!(Client { connection: sender | logger });

impl Client {
    pub fn new() -> Client {
        Client { connection: AtomicU64::new(0) }
    }

    /// The connection, dialled if there is none. A number is never 0 and less than 1000.
    pub fn connection(&self, dial: impl FnOnce() -> u64) -> u64 {
        for _ in 0..100 {
            // Pairs with the store below: whoever dials next sees what was done before.
            match self.connection.compare_exchange(0, DIALLING, Acquire, Acquire) {
                Ok(_) => break,
                Err(DIALLING) => yield_now(),
                Err(number) => return number,
            }
        }
        let number = dial();
        // Pairs with the exchange above, by way of that in `hang_up`.
        self.connection.store(number, Release);
        number
    }

    /// Gives up the connection: whoever needs one next dials again.
    pub fn hang_up(&self) -> Option<u64> {
        let number = self.connection.load(Relaxed);
        let open = number != 0 && number != DIALLING;
        let hung_up = open && self.connection.compare_exchange(number, 0, Relaxed, Relaxed).is_ok();
        hung_up.then_some(number)
    }
}
