//! A ring whose head lies on cache lines of its own, as does its tail.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

pub struct Ring {
    /// How many were put in.
    pub tail: Padded,
    /// How many were taken out.
    pub head: Padded,
    /// Number `n` is in slot `n % 4`.
    pub slots: [AtomicU64; 4],
}

/// A count with cache lines to itself.
#[repr(align(128))]
pub struct Padded {
    count: AtomicUsize,
}

racelab::fields!(Ring {
    tail: producer -> consumer, head: consumer -> producer, slots: producer -> consumer
});
racelab::fields!(Padded { count: producer | consumer });

impl Ring {
    pub fn new() -> Ring {
        Ring {
            tail: Padded { count: AtomicUsize::new(0) },
            head: Padded { count: AtomicUsize::new(0) },
            slots: std::array::from_fn(|_| AtomicU64::new(0)),
        }
    }

    /// Puts a number in, or says that there is no room.
    pub fn put(&self, number: u64) -> bool {
        let tail = self.tail.count.load(Relaxed);
        // Pairs with the store in `take`: a slot is free once it has been read.
        if tail - self.head.count.load(Acquire) == 4 {
            return false;
        }
        self.slots[tail % 4].store(number, Relaxed);
        // Pairs with the load in `take`: who sees the count sees the number.
        self.tail.count.store(tail + 1, Release);
        true
    }

    /// Takes the oldest number out, if there is one.
    pub fn take(&self) -> Option<u64> {
        let head = self.head.count.load(Relaxed);
        // Pairs with the store in `put`.
        if self.tail.count.load(Acquire) == head {
            return None;
        }
        let number = self.slots[head % 4].load(Relaxed);
        // Pairs with the load in `put`.
        self.head.count.store(head + 1, Release);
        Some(number)
    }
}
