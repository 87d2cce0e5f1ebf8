//! A client with a flag that one of them sets to dial: the other does not wait for the number.

use super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Release};
use super::rt::sync::atomic::{AtomicBool, AtomicU64};

/// Whether somebody has dialled or does, and the connection's number.
pub struct Client {
    dialled: AtomicBool,
    connection: AtomicU64,
}

racelab::fields!(Client { dialled: sender | logger, connection: sender | logger });

impl Client {
    pub fn new() -> Client {
        Client { dialled: AtomicBool::new(false), connection: AtomicU64::new(0) }
    }

    /// The connection, dialled if there is none. A number is never 0 and less than 1000.
    pub fn connection(&self, dial: impl FnOnce() -> u64) -> u64 {
        if !self.dialled.swap(true, AcqRel) {
            self.connection.store(dial(), Release);
        }
        self.connection.load(Acquire)
    }

    /// Gives up the connection: whoever needs one next dials again.
    pub fn hang_up(&self) -> Option<u64> {
        let number = self.connection.swap(0, AcqRel);
        self.dialled.store(false, Release);
        (number != 0).then_some(number)
    }
}
