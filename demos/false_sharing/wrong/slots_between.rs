//! A ring with its slots between head and tail: there is distance, and still a common line.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

#[repr(C)]
pub struct Ring {
    /// How many were put in.
    pub tail: AtomicUsize,
    /// Number `n` is in slot `n % 4`.
    pub slots: [AtomicU64; 4],
    /// How many were taken out.
    pub head: AtomicUsize,
}

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
