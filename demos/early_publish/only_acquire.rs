//! The flag is acquired, and nobody has released it.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed};
use super::rt::sync::atomic::{AtomicBool, AtomicU64};

/// A map that is read in once, and whether that has happened.
pub struct Map {
    header: Header,
    loaded: AtomicBool,
}

/// Which array of buckets, and how many buckets it has. The flag is on another cache line: words of
/// one line mostly arrive together.
#[repr(align(128))]
pub struct Header {
    array: AtomicU64,
    length: AtomicU64,
}

racelab::fields!(Map { header: loader -> reader, loaded: loader -> reader });
racelab::fields!(Header { array: loader -> reader, length: loader -> reader });

impl Map {
    pub fn new() -> Map {
        let header = Header { array: AtomicU64::new(0), length: AtomicU64::new(0) };
        Map { header, loaded: AtomicBool::new(false) }
    }

    /// The map has been read in. Happens once.
    #[inline]
    pub fn load(&self, array: u64, length: u64) {
        self.header.array.store(array, Relaxed);
        self.header.length.store(length, Relaxed);
        self.loaded.store(true, Relaxed);
    }

    /// Which array, and how long it is; nothing before the map is loaded.
    #[inline]
    pub fn header(&self) -> Option<(u64, u64)> {
        if !self.loaded.load(Acquire) {
            return None;
        }
        Some((self.header.array.load(Relaxed), self.header.length.load(Relaxed)))
    }
}
