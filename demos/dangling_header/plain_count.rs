//! The writer looks at the count of readers with a plain load, which may be old.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};
use super::rt::thread::yield_now;

/// In the words of a header that has been freed.
pub const FREED: u64 = 0xdead;

/// Memory for two headers, and which of them holds.
pub struct Map {
    current: AtomicUsize,
    headers: [Header; 2],
    /// How many readers have come and not yet gone.
    readers: AtomicUsize,
}

/// Which array of buckets, and how many buckets it has.
pub struct Header {
    array: AtomicU64,
    length: AtomicU64,
}

racelab::fields!(Map {
    current: writer -> reader, headers: writer -> reader, readers: reader -> writer
});
racelab::fields!(Header { array: writer -> reader, length: writer -> reader });

impl Map {
    pub fn new(array: u64, length: u64) -> Map {
        let headers = [Header::new(array, length), Header::new(FREED, FREED)];
        Map { current: AtomicUsize::new(0), headers, readers: AtomicUsize::new(0) }
    }

    /// The map has grown: a new header, and the old one is freed. One writer at a time.
    pub fn replace(&self, array: u64, length: u64) {
        let old = self.current.load(Relaxed);
        let new = 1 - old;
        self.headers[new].set(array, length);
        // Pairs with the load in `read`: whoever sees the new header sees what is in it.
        self.current.store(new, Release);
        while self.readers.load(Acquire) != 0 {
            yield_now();
        }
        self.headers[old].free();
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        self.readers.fetch_add(1, Acquire);
        let current = self.current.load(Acquire);
        let header = self.headers[current].get();
        self.readers.fetch_sub(1, Release);
        header
    }
}

impl Header {
    fn new(array: u64, length: u64) -> Header {
        Header { array: AtomicU64::new(array), length: AtomicU64::new(length) }
    }

    fn set(&self, array: u64, length: u64) {
        self.array.store(array, Relaxed);
        self.length.store(length, Relaxed);
    }

    fn free(&self) {
        self.array.store(FREED, Relaxed);
    }

    fn get(&self) -> (u64, u64) {
        (self.array.load(Relaxed), self.length.load(Relaxed))
    }
}
