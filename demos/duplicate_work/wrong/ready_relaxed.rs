//! A client that waits until the one who dials is done, but done may be seen before the number.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicBool, AtomicU64};
use super::rt::thread::yield_now;

/// Whether somebody dials or has, whether that is done, and the connection's number.
pub struct Client {
    claimed: AtomicBool,
    done: AtomicBool,
    connection: AtomicU64,
}

racelab::fields!(Client {
    claimed: sender | logger,
    done: sender | logger,
    connection: sender | logger
});

impl Client {
    pub fn new() -> Client {
        let no = || AtomicBool::new(false);
        Client { claimed: no(), done: no(), connection: AtomicU64::new(0) }
    }

    /// The connection, dialled if there is none. A number is never 0 and less than 1000.
    pub fn connection(&self, dial: impl FnOnce() -> u64) -> u64 {
        while !self.done.load(Relaxed) {
            if !self.claimed.swap(true, Relaxed) {
                let number = dial();
                self.connection.store(number, Relaxed);
                self.done.store(true, Relaxed);
                return number;
            }
            yield_now();
        }
        self.connection.load(Relaxed)
    }

    /// Gives up the connection: whoever needs one next dials again.
    pub fn hang_up(&self) -> Option<u64> {
        let number = self.connection.load(Relaxed);
        let hung_up = self.done.swap(false, Relaxed);
        self.claimed.swap(false, Relaxed);
        hung_up.then_some(number)
    }
}
