//! A car park whose gates try each bay once: a weak exchange may fail although the bay is free.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Four bays, each with the plate of the car in it. 0 is none.
pub struct CarPark {
    bays: [AtomicU32; 4],
}

racelab::fields!(CarPark { bays: north | south });

impl CarPark {
    pub fn new() -> CarPark {
        CarPark { bays: std::array::from_fn(|_| AtomicU32::new(0)) }
    }

    /// The bay that a car is sent to, if there is a free one. Both gates do this.
    pub fn enter(&self, plate: u32) -> Option<usize> {
        let take = |bay: &AtomicU32| bay.compare_exchange_weak(0, plate, Relaxed, Relaxed);
        self.bays.iter().position(|bay| take(bay).is_ok())
    }

    /// A car leaves its bay.
    pub fn leave(&self, bay: usize) {
        self.bays[bay].store(0, Relaxed);
    }

    /// The car in a bay.
    pub fn car(&self, bay: usize) -> Option<u32> {
        let plate = self.bays[bay].load(Relaxed);
        (plate != 0).then_some(plate)
    }
}
