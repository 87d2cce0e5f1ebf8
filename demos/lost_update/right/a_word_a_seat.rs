//! A cinema with a word for each seat: two sales meet only where it is the same seat.

use super::rt::sync::atomic::AtomicBool;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Whether each seat is sold.
pub struct Cinema {
    sold: [AtomicBool; 64],
}

racelab::fields!(Cinema { sold: counter | rival });

impl Cinema {
    pub fn new() -> Cinema {
        Cinema { sold: std::array::from_fn(|_| AtomicBool::new(false)) }
    }

    /// Sells a seat, 0 to 63; whether it was free.
    pub fn sell(&self, seat: u32) -> bool {
        !self.sold[seat as usize].swap(true, Relaxed)
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.iter().filter(|sold| sold.load(Relaxed)).count() as u32
    }
}
