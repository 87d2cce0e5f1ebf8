//! A cinema with a word a seat, exchanged weakly and once: a free seat may be refused.

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
        let seat = &self.sold[seat as usize];
        seat.compare_exchange_weak(false, true, Relaxed, Relaxed).is_ok()
    }

    /// The number of seats that are sold.
    pub fn count(&self) -> u32 {
        self.sold.iter().filter(|seat| seat.load(Relaxed)).count() as u32
    }
}
