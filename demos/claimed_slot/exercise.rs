//! A car park with two gates: a car takes the first free bay, and its driver is told which.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Four bays, each with the plate of the car in it. 0 is none.
pub struct CarPark {
    bays: [AtomicU32; 4],
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(CarPark { bays: north | south });

impl CarPark {
    pub fn new() -> CarPark {
        CarPark { bays: std::array::from_fn(|_| AtomicU32::new(0)) }
    }

    /// The bay that a car is sent to, if there is a free one. Both gates do this.
    // TODO: no bay may be given to two cars, and no car may be turned away while a bay is free.
    // You may change anything but the signatures.
    pub fn enter(&self, plate: u32) -> Option<usize> {
        let bay = self.bays.iter().position(|bay| bay.load(Relaxed) == 0)?;
        self.bays[bay].store(plate, Relaxed);
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
