//! A ticket lock (Mellor-Crummey and Scott, 1991): draw a number and wait until it is served.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::thread;

pub struct TicketLock {
    next_ticket: AtomicU64,
    now_serving: AtomicU64,
    count: UnsafeCell<u64>,
}

racelab::fields!(TicketLock {
    next_ticket: left | right,
    now_serving: left | right,
    count: left | right,
});

impl TicketLock {
    pub fn new() -> TicketLock {
        let (next_ticket, now_serving) = (AtomicU64::new(0), AtomicU64::new(0));
        TicketLock { next_ticket, now_serving, count: UnsafeCell::new(0) }
    }

    /// Counts one up under the lock; what was there before.
    pub fn increment(&self) -> u64 {
        let ticket = self.next_ticket.fetch_add(1, Relaxed);
        while self.now_serving.load(Acquire) != ticket {
            thread::yield_now();
        }
        // Safety: only the thread whose ticket is served gets here.
        let before = self.count.with(|count| unsafe { *count });
        self.count.with_mut(|count| unsafe { *count = before + 1 });
        self.now_serving.store(ticket + 1, Release);
        before
    }
}
