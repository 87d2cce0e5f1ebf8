//! A map header of two words, written and read one word at a time.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Which array of buckets, and how many buckets it has.
pub struct Header {
    pointer: AtomicU64,
    length: AtomicU64,
}

racelab::fields!(Header { pointer: writer -> reader, length: writer -> reader });

impl Header {
    pub fn new(pointer: u64, length: u64) -> Header {
        Header { pointer: AtomicU64::new(pointer), length: AtomicU64::new(length) }
    }

    /// The map has grown: a new array, and its length.
    pub fn replace(&self, pointer: u64, length: u64) {
        self.length.store(length, Relaxed);
        self.pointer.store(pointer, Relaxed);
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        let pointer = self.pointer.load(Relaxed);
        let length = self.length.load(Relaxed);
        (pointer, length)
    }
}
