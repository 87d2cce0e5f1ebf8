//! The header goes past the caches, and the flag is stored when all can see it.

use super::rt::arch::{drain, stream};
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
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
        // Safety: drained before this thread releases anything.
        unsafe {
            stream(&self.header.array, array);
            stream(&self.header.length, length);
        }
        drain();
        // Pairs with the load in `header`: whoever sees the flag sees the header.
        self.loaded.store(true, Release);
    }

    /// Which array, and how long it is; nothing before the map is loaded.
    #[inline]
    pub fn header(&self) -> Option<(u64, u64)> {
        // Pairs with the store in `load`.
        if !self.loaded.load(Acquire) {
            return None;
        }
        Some((self.header.array.load(Relaxed), self.header.length.load(Relaxed)))
    }
}
