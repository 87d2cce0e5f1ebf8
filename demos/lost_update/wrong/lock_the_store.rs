//! A cinema with a lock around the store: what is stored was computed before.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// One bit a seat: 1 is sold.
pub struct Cinema {
    sold: AtomicU64,
    selling: Mutex<()>,
}

racelab::fields!(Cinema { sold: counter | rival, selling: counter | rival });

impl Cinema {
    pub fn new() -> Cinema {
        Cinema { sold: AtomicU64::new(0), selling: Mutex::new(()) }
    }

    /// Sells a seat, 0 to 63; whether it was free.
    pub fn sell(&self, seat: u32) -> bool {
        let sold = self.sold.load(Relaxed);
        if sold >> seat & 1 == 1 {
            return false;
        }
        let _held = self.selling.lock().unwrap();
        self.sold.store(sold | 1 << seat, Relaxed);
        true
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.load(Relaxed).count_ones()
    }
}
