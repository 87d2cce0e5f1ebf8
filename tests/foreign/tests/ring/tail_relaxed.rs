//! The queue with a `tail` that moves without saying what was written before.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// How many values wait at most.
const SLOTS: usize = 2;

pub struct Ring {
    slots: [UnsafeCell<u64>; SLOTS],
    head: AtomicUsize,
    tail: AtomicUsize,
}

racelab::fields!(Ring {
    slots: producer -> consumer,
    head: consumer -> producer,
    tail: producer -> consumer,
});

impl Ring {
    pub fn new() -> Ring {
        let slots = [UnsafeCell::new(0), UnsafeCell::new(0)];
        Ring { slots, head: AtomicUsize::new(0), tail: AtomicUsize::new(0) }
    }

    /// Adds a value; false if the queue is full. For the producer alone.
    pub fn push(&self, value: u64) -> bool {
        let tail = self.tail.load(Relaxed);
        if tail - self.head.load(Acquire) == SLOTS {
            return false;
        }
        // Safety: the consumer is done with this slot, and does not look at it before `tail` moves.
        self.slots[tail % SLOTS].with_mut(|slot| unsafe { *slot = value });
        self.tail.store(tail + 1, Relaxed);
        true
    }

    /// Takes the oldest value, if there is one. For the consumer alone.
    pub fn pop(&self) -> Option<u64> {
        let head = self.head.load(Relaxed);
        if head == self.tail.load(Acquire) {
            return None;
        }
        // Safety: the producer wrote this slot before it moved `tail`, and waits for `head`.
        let value = self.slots[head % SLOTS].with(|slot| unsafe { *slot });
        self.head.store(head + 1, Release);
        Some(value)
    }
}
