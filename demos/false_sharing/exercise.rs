//! A ring: one thread puts numbers in at the tail, another takes them out at the head.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

// TODO: `head` is the consumer's, and everything else the producer's. Nothing that the producer
// writes may share a cache line with it, wherever a ring may lie in memory. Lines of 64 bytes
// count here. Keep the names: the judge looks at where `head`, `tail` and `slots` lie.
pub struct Ring {
    /// How many were put in.
    pub tail: AtomicUsize,
    /// How many were taken out.
    pub head: AtomicUsize,
    /// Number `n` is in slot `n % 4`.
    pub slots: [AtomicU64; 4],
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Ring {
    tail: producer -> consumer, head: consumer -> producer, slots: producer -> consumer
});

impl Ring {
    pub fn new() -> Ring {
        Ring {
            tail: AtomicUsize::new(0),
            head: AtomicUsize::new(0),
            slots: std::array::from_fn(|_| AtomicU64::new(0)),
        }
    }

    /// Puts a number in, or says that there is no room.
    pub fn put(&self, number: u64) -> bool {
        let tail = self.tail.load(Relaxed);
        // Pairs with the store in `take`: a slot is free once it has been read.
        if tail - self.head.load(Acquire) == 4 {
            return false;
        }
        self.slots[tail % 4].store(number, Relaxed);
        // Pairs with the load in `take`: who sees the count sees the number.
        self.tail.store(tail + 1, Release);
        true
    }

    /// Takes the oldest number out, if there is one.
    pub fn take(&self) -> Option<u64> {
        let head = self.head.load(Relaxed);
        // Pairs with the store in `put`.
        if self.tail.load(Acquire) == head {
            return None;
        }
        let number = self.slots[head % 4].load(Relaxed);
        // Pairs with the load in `put`.
        self.head.store(head + 1, Release);
        Some(number)
    }
}
