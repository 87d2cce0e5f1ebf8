//! A map's header that keeps its small fields in one word, and stores the word to change one.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// How many entries there are, and a word of smaller fields.
///
/// From its lowest byte: flags (8 bits), the logarithm of the number of buckets (8), the number of
/// overflow buckets (16), the seed of the hash (32).
#[repr(C)]
pub struct Header {
    count: AtomicU64,
    small: AtomicU64,
}

racelab::fields!(Header { count: nobody, small: writer | grower });

const FLAGS: u64 = 0xff;
const LOG2: u64 = 0xff00;

impl Header {
    pub fn new(log2: u8, seed: u32) -> Header {
        let small = u64::from(log2) << 8 | u64::from(seed) << 32;
        Header { count: AtomicU64::new(0), small: AtomicU64::new(small) }
    }

    pub fn set_flags(&self, flags: u8) {
        let small = self.small.load(Relaxed);
        self.small.store(small & !FLAGS | u64::from(flags), Relaxed);
    }

    pub fn set_log2(&self, log2: u8) {
        let small = self.small.load(Relaxed);
        self.small.store(small & !LOG2 | u64::from(log2) << 8, Relaxed);
    }

    /// The flags, the logarithm, and the seed.
    pub fn fields(&self) -> (u8, u8, u32) {
        let small = self.small.load(Relaxed);
        (small as u8, (small >> 8) as u8, (small >> 32) as u32)
    }
}
