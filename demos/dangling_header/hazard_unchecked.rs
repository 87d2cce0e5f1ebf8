//! A reader announces which header it uses, and does not look again whether it is still the one.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize, fence};
use super::rt::thread::yield_now;

/// In the words of a header that has been freed.
pub const FREED: u64 = 0xdead;
/// Announced by a reader that uses no header.
const NOBODY: usize = usize::MAX;

/// Memory for two headers, and which of them holds.
pub struct Map {
    current: AtomicUsize,
    headers: [Header; 2],
    /// Which header the reader uses; NOBODY if it uses none. A slot for each reader.
    announced: AtomicUsize,
}

/// Which array of buckets, and how many buckets it has.
pub struct Header {
    array: AtomicU64,
    length: AtomicU64,
}

racelab::fields!(Map {
    current: writer -> reader, headers: writer -> reader, announced: reader -> writer
});
racelab::fields!(Header { array: writer -> reader, length: writer -> reader });

impl Map {
    pub fn new(array: u64, length: u64) -> Map {
        let headers = [Header::new(array, length), Header::new(FREED, FREED)];
        Map { current: AtomicUsize::new(0), headers, announced: AtomicUsize::new(NOBODY) }
    }

    /// The map has grown: a new header, and the old one is freed. One writer at a time.
    pub fn replace(&self, array: u64, length: u64) {
        let old = self.current.load(Relaxed);
        let new = 1 - old;
        self.headers[new].set(array, length);
        // Pairs with the load in `read`: whoever sees the new header sees what is in it.
        self.current.store(new, Release);
        fence(SeqCst);
        while self.announced.load(Acquire) == old {
            yield_now();
        }
        self.headers[old].free();
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        let current = self.current.load(Acquire);
        self.announced.store(current, Relaxed);
        fence(SeqCst);
        let header = self.headers[current].get();
        self.announced.store(NOBODY, Release);
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
