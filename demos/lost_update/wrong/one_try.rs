//! A cinema that tries to exchange the word once: any other sale in between and it gives up.

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
        let sold = self.sold.load(Relaxed);
        if sold >> seat & 1 == 1 {
            return false;
        }
        self.sold.compare_exchange(sold, sold | 1 << seat, Relaxed, Relaxed).is_ok()
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.load(Relaxed).count_ones()
    }
}
