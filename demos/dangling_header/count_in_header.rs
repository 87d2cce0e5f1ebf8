//! Each header counts those who use it: the count is found through the pointer, like the header.

use super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU64, AtomicUsize};

/// In the words of a header that has been freed.
pub const FREED: u64 = 0xdead;

/// Memory for two headers, and which of them holds.
pub struct Map {
    current: AtomicUsize,
    headers: [Header; 2],
}

/// Which array of buckets, and how many buckets it has.
pub struct Header {
    array: AtomicU64,
    length: AtomicU64,
    /// How many use it; being the current one counts as one.
    users: AtomicU64,
}

racelab::fields!(Map { current: writer -> reader, headers: writer -> reader });
racelab::fields!(Header {
    array: writer -> reader, length: writer -> reader, users: writer | reader
});

impl Map {
    pub fn new(array: u64, length: u64) -> Map {
        let headers = [Header::new(array, length), Header::new(FREED, FREED)];
        Map { current: AtomicUsize::new(0), headers }
    }

    /// The map has grown, once: a new header, and the old one is freed by the last to let go.
    pub fn replace(&self, array: u64, length: u64) {
        let old = self.current.load(Relaxed);
        let new = 1 - old;
        self.headers[new].set(array, length);
        // Pairs with the load in `read`: whoever sees the new header sees what is in it.
        self.current.store(new, Release);
        self.headers[old].let_go();
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        let current = &self.headers[self.current.load(Acquire)];
        current.users.fetch_add(1, AcqRel);
        let header = current.get();
        current.let_go();
        header
    }
}

impl Header {
    fn new(array: u64, length: u64) -> Header {
        let (array, length) = (AtomicU64::new(array), AtomicU64::new(length));
        Header { array, length, users: AtomicU64::new(1) }
    }

    /// The last to let go frees it.
    fn let_go(&self) {
        if self.users.fetch_sub(1, AcqRel) == 1 {
            self.free();
        }
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
