//! A client that keeps the first connection stored: the other stays open, and nobody uses it.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The connection's number, or 0 while there is none.
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
        let open = self.connection.load(Acquire);
        if open != 0 {
            return open;
        }
        let number = dial();
        match self.connection.compare_exchange(0, number, Release, Acquire) {
            Ok(_) => number,
            Err(first) => first,
        }
    }

    /// Gives up the connection: whoever needs one next dials again.
    pub fn hang_up(&self) -> Option<u64> {
        let number = self.connection.swap(0, Relaxed);
        (number != 0).then_some(number)
    }
}
