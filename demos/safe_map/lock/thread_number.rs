//! A number for each thread, to pick a place of its own by.

use std::hash::{Hash, Hasher};

use super::super::rt::cell::Cell;
use super::super::rt::thread;

super::super::rt::thread_local! {
    /// The number of this thread, or `None` before the first question.
    static NUMBER: Cell<Option<usize>> = const { Cell::new(None) };
}

/// A number for this thread: threads that begin one after another have different ones.
#[inline]
pub fn own_number() -> usize {
    NUMBER.get().unwrap_or_else(first_number)
}

#[cold]
fn first_number() -> usize {
    let mut last = LastNumber(0);
    thread::current().id().hash(&mut last);
    let number = last.finish() as usize;
    NUMBER.set(Some(number));
    number
}

/// What a thread's id is made of: std counts threads, and hashes the count.
struct LastNumber(u64);

impl Hasher for LastNumber {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |number, byte| number.wrapping_mul(31) ^ *byte as u64);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = number as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
