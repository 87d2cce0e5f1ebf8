//! A cinema: two counters sell seats, and the seats that are sold are the bits of one word.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// One bit a seat: 1 is sold.
pub struct Cinema {
    sold: AtomicU64,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Cinema { sold: counter | rival });

impl Cinema {
    pub fn new() -> Cinema {
        Cinema { sold: AtomicU64::new(0) }
    }

    /// Sells a seat, 0 to 63; whether it was free.
    // TODO: a seat that was sold must stay sold, no seat may be sold twice, and a free seat must
    // not be refused. You may change anything but the signatures.
    pub fn sell(&self, seat: u32) -> bool {
        let sold = self.sold.load(Relaxed);
        if sold >> seat & 1 == 1 {
            return false;
        }
        self.sold.store(sold | 1 << seat, Relaxed);
        true
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.load(Relaxed).count_ones()
    }
}
