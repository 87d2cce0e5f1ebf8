//! A cinema with Acquire and Release: they order other words, and this is about one.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// One bit a seat: 1 is sold.
pub struct Cinema {
    sold: AtomicU64,
}

racelab::fields!(Cinema { sold: counter | rival });

impl Cinema {
    pub fn new() -> Cinema {
        Cinema { sold: AtomicU64::new(0) }
    }

    /// Sells a seat, 0 to 63; whether it was free.
    pub fn sell(&self, seat: u32) -> bool {
        let sold = self.sold.load(Acquire);
        if sold >> seat & 1 == 1 {
            return false;
        }
        self.sold.store(sold | 1 << seat, Release);
        true
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.load(Relaxed).count_ones()
    }
}
