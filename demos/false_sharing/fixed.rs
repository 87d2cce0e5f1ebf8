//! Two counters of one connection, each with cache lines of its own.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Packets, since the connection was made.
pub struct Counters {
    received: Padded,
    sent: Padded,
}

/// A counter that starts on a cache line, and fills it and the next.
#[repr(align(128))]
pub struct Padded {
    count: AtomicU64,
}

racelab::fields!(Counters { received: receiver, sent: sender });
racelab::fields!(Padded { count: receiver | sender });

impl Counters {
    pub fn new() -> Counters {
        let zero = || Padded { count: AtomicU64::new(0) };
        Counters { received: zero(), sent: zero() }
    }

    /// A packet has come in.
    pub fn receive(&self) {
        self.received.count.fetch_add(1, Relaxed);
    }

    /// A packet has gone out.
    pub fn send(&self) {
        self.sent.count.fetch_add(1, Relaxed);
    }

    /// Packets received, and packets sent.
    pub fn totals(&self) -> (u64, u64) {
        (self.received.count.load(Relaxed), self.sent.count.load(Relaxed))
    }
}
