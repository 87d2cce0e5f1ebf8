//! Two counters of one connection, padded as one: what is aligned is the pair of them.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Packets, since the connection was made.
#[repr(align(128))]
pub struct Counters {
    received: AtomicU64,
    sent: AtomicU64,
}

racelab::fields!(Counters { received: receiver, sent: sender });

impl Counters {
    pub fn new() -> Counters {
        Counters { received: AtomicU64::new(0), sent: AtomicU64::new(0) }
    }

    /// A packet has come in.
    pub fn receive(&self) {
        self.received.fetch_add(1, Relaxed);
    }

    /// A packet has gone out.
    pub fn send(&self) {
        self.sent.fetch_add(1, Relaxed);
    }

    /// Packets received, and packets sent.
    pub fn totals(&self) -> (u64, u64) {
        (self.received.load(Relaxed), self.sent.load(Relaxed))
    }
}
