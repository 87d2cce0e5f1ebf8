//! A car park with one attendant: a lock around looking and taking.

use super::rt::sync::Mutex;

/// Four bays, each with the plate of the car in it.
pub struct CarPark {
    bays: Mutex<[Option<u32>; 4]>,
}

racelab::fields!(CarPark { bays: north | south });

impl CarPark {
    pub fn new() -> CarPark {
        CarPark { bays: Mutex::new([None; 4]) }
    }

    /// The bay that a car is sent to, if there is a free one. Both gates do this.
    pub fn enter(&self, plate: u32) -> Option<usize> {
        let mut bays = self.bays.lock().unwrap();
        let bay = bays.iter().position(Option::is_none)?;
        bays[bay] = Some(plate);
        Some(bay)
    }

    /// A car leaves its bay.
    pub fn leave(&self, bay: usize) {
        self.bays.lock().unwrap()[bay] = None;
    }

    /// The car in a bay.
    pub fn car(&self, bay: usize) -> Option<u32> {
        self.bays.lock().unwrap()[bay]
    }
}
