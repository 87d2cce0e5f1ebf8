//! A car park that counts the cars that came and sends each to the next bay.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Four bays, each with the plate of the car in it. 0 is none.
pub struct CarPark {
    bays: [AtomicU32; 4],
    next: AtomicU32,
}

racelab::fields!(CarPark { bays: north | south, next: north | south });

impl CarPark {
    pub fn new() -> CarPark {
        CarPark { bays: std::array::from_fn(|_| AtomicU32::new(0)), next: AtomicU32::new(0) }
    }

    /// The bay that a car is sent to, if there is a free one. Both gates do this.
    pub fn enter(&self, plate: u32) -> Option<usize> {
        let bay = self.next.fetch_add(1, Relaxed) as usize;
        self.bays.get(bay)?.store(plate, Relaxed);
        Some(bay)
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
