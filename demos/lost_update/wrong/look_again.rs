//! A cinema that looks once more before it stores, and stores a moment later.

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
        loop {
            let sold = self.sold.load(Relaxed);
            if sold >> seat & 1 == 1 {
                return false;
            }
            if self.sold.load(Relaxed) == sold {
                self.sold.store(sold | 1 << seat, Relaxed);
                return true;
            }
        }
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.load(Relaxed).count_ones()
    }
}
