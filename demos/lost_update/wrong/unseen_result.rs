//! A cinema that marks the seat in one operation, and looks whether it is free before that.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

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
        if self.sold.load(Relaxed) >> seat & 1 == 1 {
            return false;
        }
        self.sold.fetch_or(1 << seat, Relaxed);
        true
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.load(Relaxed).count_ones()
    }
}
