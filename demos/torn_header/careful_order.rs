//! Two words in a careful order: array first, length last; read length first, array last.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Which array of buckets, and how many buckets it has.
pub struct Header {
    array: AtomicU64,
    length: AtomicU64,
}

racelab::fields!(Header { array: writer -> reader, length: writer -> reader });

impl Header {
    pub fn new(array: u64, length: u64) -> Header {
        Header { array: AtomicU64::new(array), length: AtomicU64::new(length) }
    }

    /// The map has grown: a new array, and its length.
    pub fn replace(&self, array: u64, length: u64) {
        self.array.store(array, Relaxed);
        self.length.store(length, Relaxed);
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        let length = self.length.load(Relaxed);
        let array = self.array.load(Relaxed);
        (array, length)
    }
}
