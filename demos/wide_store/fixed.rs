//! A map's header in which each field is stored at its own width, and nothing beside it is.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU8, AtomicU16, AtomicU32, AtomicU64};

/// How many entries there are, and the smaller fields, in the same sixteen bytes.
#[repr(C)]
pub struct Header {
    count: AtomicU64,
    flags: AtomicU8,
    log2: AtomicU8,
    overflow: AtomicU16,
    seed: AtomicU32,
}

racelab::fields!(Header {
    count: nobody,
    flags: writer,
    log2: grower,
    overflow: nobody,
    seed: nobody
});

impl Header {
    pub fn new(log2: u8, seed: u32) -> Header {
        Header {
            count: AtomicU64::new(0),
            flags: AtomicU8::new(0),
            log2: AtomicU8::new(log2),
            overflow: AtomicU16::new(0),
            seed: AtomicU32::new(seed),
        }
    }

    pub fn set_flags(&self, flags: u8) {
        self.flags.store(flags, Relaxed);
    }

    pub fn set_log2(&self, log2: u8) {
        self.log2.store(log2, Relaxed);
    }

    /// The flags, the logarithm, and the seed.
    pub fn fields(&self) -> (u8, u8, u32) {
        (self.flags.load(Relaxed), self.log2.load(Relaxed), self.seed.load(Relaxed))
    }
}
