//! A warehouse with a lock: right counts, but the forklift waits for the clerk.

use super::rt::sync::Mutex;

/// How many pallets are on each shelf.
pub struct Warehouse {
    shelves: Mutex<[u32; 3]>,
}

racelab::fields!(Warehouse { shelves: forklift -> clerk });

impl Warehouse {
    pub fn new(pallets: [u32; 3]) -> Warehouse {
        Warehouse { shelves: Mutex::new(pallets) }
    }

    /// Moves a pallet from one shelf to another. One thread does this.
    pub fn carry(&self, from: usize, to: usize) {
        let mut shelves = self.shelves.lock().unwrap();
        shelves[from] -= 1;
        shelves[to] += 1;
    }

    /// The pallets on each shelf.
    pub fn count(&self) -> [u32; 3] {
        *self.shelves.lock().unwrap()
    }
}
