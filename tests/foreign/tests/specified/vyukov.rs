//! A bounded queue of two slots for many producers and consumers (Vyukov, 1024cores.net).

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

pub struct Queue {
    turns: [AtomicUsize; 2],
    values: [UnsafeCell<u64>; 2],
    head: AtomicUsize,
    tail: AtomicUsize,
}

racelab::fields!(Queue { turns: any, values: any, head: any, tail: any });

impl Queue {
    pub fn new() -> Queue {
        Queue {
            turns: [AtomicUsize::new(0), AtomicUsize::new(1)],
            values: [UnsafeCell::new(0), UnsafeCell::new(0)],
            head: AtomicUsize::new(0),
            tail: AtomicUsize::new(0),
        }
    }

    /// Adds a value; false if the queue is full.
    pub fn push(&self, value: u64) -> bool {
        let mut tail = self.tail.load(Relaxed);
        loop {
            let turn = self.turns[tail % 2].load(Acquire);
            if turn < tail {
                return false;
            } else if turn > tail {
                tail = self.tail.load(Relaxed);
                continue;
            }
            match self.tail.compare_exchange(tail, tail + 1, Relaxed, Relaxed) {
                Ok(_) => break,
                Err(now) => tail = now,
            }
        }
        // Safety: whoever has moved `tail` has this slot until its turn is the next.
        self.values[tail % 2].with_mut(|slot| unsafe { *slot = value });
        self.turns[tail % 2].store(tail + 1, Release);
        true
    }

    /// Takes the oldest value, if there is one.
    pub fn pop(&self) -> Option<u64> {
        let mut head = self.head.load(Relaxed);
        loop {
            let turn = self.turns[head % 2].load(Acquire);
            if turn < head + 1 {
                return None;
            } else if turn > head + 1 {
                head = self.head.load(Relaxed);
                continue;
            }
            match self.head.compare_exchange(head, head + 1, Relaxed, Relaxed) {
                Ok(_) => break,
                Err(now) => head = now,
            }
        }
        // Safety: whoever has moved `head` has this slot until its turn is the next round's.
        let value = self.values[head % 2].with(|slot| unsafe { *slot });
        self.turns[head % 2].store(head + 2, Release);
        Some(value)
    }
}
