//! A map that has grown frees its old header when every reader that may have it has gone.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::AtomicUsize;
use super::rt::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed, Release};
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

/// Which array of buckets, and how many buckets it has. Plain memory: to use it at the wrong time is
/// a data race.
pub struct Header {
    words: UnsafeCell<(u64, u64)>,
}

racelab::fields!(Map {
    current: writer -> reader, headers: writer -> reader, readers: reader -> writer
});
racelab::fields!(Header { words: writer -> reader });

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
        // Pairs with the load in `read`: who sees the new header sees what is in it.
        self.current.store(new, Release);
        // Pairs with both in `read`. A reader that counts itself in later sees the new header, and
        // one that counted itself out has done with the old one. A read-modify-write, for it must
        // see the newest count.
        while self.readers.fetch_add(0, AcqRel) != 0 {
            yield_now();
        }
        self.headers[old].set(FREED, FREED);
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        // Pairs with the count in `replace`: whoever is not counted there sees the new header here.
        self.readers.fetch_add(1, Acquire);
        // Pairs with the store in `replace`.
        let current = self.current.load(Acquire);
        let header = self.headers[current].get();
        // Pairs with the count in `replace`: the header has been read before it is freed.
        self.readers.fetch_sub(1, Release);
        header
    }
}

impl Header {
    fn new(array: u64, length: u64) -> Header {
        Header { words: UnsafeCell::new((array, length)) }
    }

    fn set(&self, array: u64, length: u64) {
        // Safety: the writer alone has it, before it is published and when no reader is left.
        self.words.with_mut(|words| unsafe { *words = (array, length) });
    }

    fn get(&self) -> (u64, u64) {
        // Safety: published, and not freed while a reader is counted in.
        self.words.with(|words| unsafe { *words })
    }
}
