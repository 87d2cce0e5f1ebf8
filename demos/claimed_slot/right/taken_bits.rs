//! A car park with one word of bits that says which bays are taken: the bit is the claim.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// Four bays, each with the plate of the car in it. 0 is none.
pub struct CarPark {
    bays: [AtomicU32; 4],
    taken: AtomicU32,
}

racelab::fields!(CarPark { bays: north | south, taken: north | south });

impl CarPark {
    pub fn new() -> CarPark {
        CarPark { bays: std::array::from_fn(|_| AtomicU32::new(0)), taken: AtomicU32::new(0) }
    }

    /// The bay that a car is sent to, if there is a free one. Both gates do this.
    pub fn enter(&self, plate: u32) -> Option<usize> {
        // An exchange of the bit: who finds it clear owns the bay.
        let bay = (0..4).find(|bay| self.taken.fetch_or(1 << bay, Acquire) >> bay & 1 == 0)?;
        self.bays[bay].store(plate, Relaxed);
        Some(bay)
    }

    /// A car leaves its bay.
    pub fn leave(&self, bay: usize) {
        self.bays[bay].store(0, Relaxed);
        // Pairs with the next claim of this bay: the plate is gone before the bit is.
        self.taken.fetch_and(!(1 << bay), Release);
    }

    /// The car in a bay.
    pub fn car(&self, bay: usize) -> Option<u32> {
        let plate = self.bays[bay].load(Relaxed);
        (plate != 0).then_some(plate)
    }
}
