//! A map header behind one pointer: a reader gets all of one header, or all of another.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU64};

/// The one word that changes.
pub struct Header {
    current: AtomicPtr<Words>,
}

/// Which array of buckets, and how many buckets it has. Not changed after it is published.
pub struct Words {
    array: AtomicU64,
    length: AtomicU64,
    /// The header before this one: kept until the map is dropped, for readers that have it still.
    before: AtomicPtr<Words>,
}

racelab::fields!(Header { current: writer -> reader });
racelab::fields!(Words { array: writer -> reader, length: writer -> reader, before: nobody });

impl Header {
    pub fn new(array: u64, length: u64) -> Header {
        let header = Header { current: AtomicPtr::new(std::ptr::null_mut()) };
        header.replace(array, length);
        header
    }

    /// The map has grown: a new array, and its length. One writer at a time.
    pub fn replace(&self, array: u64, length: u64) {
        let before = AtomicPtr::new(self.current.load(Relaxed));
        let words = Words { array: AtomicU64::new(0), length: AtomicU64::new(0), before };
        words.length.store(length, Relaxed);
        words.array.store(array, Relaxed);
        // Pairs with the load in `read`: whoever sees the pointer sees the words behind it.
        self.current.store(Box::into_raw(Box::new(words)), Release);
    }

    /// Which array, and how long it is.
    pub fn read(&self) -> (u64, u64) {
        // Pairs with the store in `replace`.
        let current = self.current.load(Acquire);
        // Safety: published headers live until the map is dropped.
        let words = unsafe { &*current };
        let array = words.array.load(Relaxed);
        let length = words.length.load(Relaxed);
        (array, length)
    }
}

impl Drop for Header {
    fn drop(&mut self) {
        let mut words = self.current.load(Relaxed);
        while !words.is_null() {
            // Safety: made by `Box::into_raw`; nobody else has a map that is being dropped.
            let owned = unsafe { Box::from_raw(words) };
            words = owned.before.load(Relaxed);
        }
    }
}
