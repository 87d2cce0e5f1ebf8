//! A reader announces by a plain Relaxed store, which overwrites what it had released before.

use super::rt::cell::UnsafeCell;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release, SeqCst};
use super::rt::sync::atomic::{AtomicUsize, fence};
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

/// Which array of buckets, and how many buckets it has. Plain memory: to use it at the wrong time is
/// a data race.
pub struct Header {
    words: UnsafeCell<(u64, u64)>,
}

racelab::fields!(Map {
    current: writer -> reader, headers: writer -> reader, announced: reader -> writer
});
racelab::fields!(Header { words: writer -> reader });

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
        // Pairs with the fence in `read`: the announcement is seen here, or the new header there.
        fence(SeqCst);
        // Pairs with the last store in `read`: the header has been read before it is freed.
        while self.announced.load(Acquire) == old {
            yield_now();
        }
        self.headers[old].free();
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        let current = loop {
            let current = self.current.load(Relaxed);
            self.announced.store(current, Relaxed);
            // Pairs with the fence in `replace`.
            fence(SeqCst);
            // Pairs with the store in `replace`.
            if self.current.load(Acquire) == current {
                break current;
            }
        };
        let header = self.headers[current].get();
        // Pairs with the load in `replace`.
        self.announced.store(NOBODY, Release);
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

    fn free(&self) {
        self.set(FREED, FREED);
    }

    fn get(&self) -> (u64, u64) {
        // Safety: published, and not freed while it is announced.
        self.words.with(|words| unsafe { *words })
    }
}
