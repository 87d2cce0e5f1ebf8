//! Relaxed accesses to the flag, with a fence before its store and one after its load.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicBool, AtomicU64, fence};

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
        // Pairs with the fence in `header`: it stands before the store that is seen there.
        fence(Release);
        self.loaded.store(true, Relaxed);
    }

    /// Which array, and how long it is; nothing before the map is loaded.
    #[inline]
    pub fn header(&self) -> Option<(u64, u64)> {
        if !self.loaded.load(Relaxed) {
            return None;
        }
        // Pairs with the fence in `load`: it stands after the load that saw the store there.
        fence(Acquire);
        Some((self.header.array.load(Relaxed), self.header.length.load(Relaxed)))
    }
}
