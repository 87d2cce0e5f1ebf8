//! A map header with Go's flag against concurrent writes: a writer looks at it, then sets it.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64};

/// In `flags`: somebody is writing.
const WRITING: u8 = 4;

/// The header of a Go map up to 1.23, without its pointers.
pub struct Header {
    count: AtomicU64,
    flags: AtomicU8,
    b: AtomicU8,
    noverflow: AtomicU16,
    hash0: AtomicU32,
}

racelab::fields!(Header {
    count: writer | other,
    flags: writer | other,
    b: nobody,
    noverflow: nobody,
    hash0: nobody
});

/// What a writer learned from the flag.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Noticed {
    /// Nothing: it has written.
    Nothing,
    /// Somebody else is writing, so it has not written.
    Before,
    /// Somebody else has written meanwhile, and it has written too.
    After,
}

impl Header {
    pub fn new() -> Header {
        Header {
            count: AtomicU64::new(0),
            flags: AtomicU8::new(0),
            b: AtomicU8::new(0),
            noverflow: AtomicU16::new(0),
            hash0: AtomicU32::new(0),
        }
    }

    /// Counts a new key. Where it notices another writer, Go ends the process.
    pub fn insert(&self) -> Noticed {
        if self.flags.load(Relaxed) & WRITING != 0 {
            return Noticed::Before;
        }
        let flags = self.flags.load(Relaxed);
        self.flags.store(flags ^ WRITING, Relaxed);
        let count = self.count.load(Relaxed);
        self.count.store(count + 1, Relaxed);
        let flags = self.flags.load(Relaxed);
        if flags & WRITING == 0 {
            return Noticed::After;
        }
        self.flags.store(flags & !WRITING, Relaxed);
        Noticed::Nothing
    }

    /// How many keys were counted.
    pub fn len(&self) -> u64 {
        self.count.load(Relaxed)
    }
}
