//! A clerk who says what was there in the morning, where the sum is wrong.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// How many pallets are on each shelf, and how many were there first.
pub struct Warehouse {
    shelves: [AtomicU32; 3],
    morning: [u32; 3],
}

racelab::fields!(Warehouse { shelves: forklift -> clerk, morning: nobody });

impl Warehouse {
    pub fn new(pallets: [u32; 3]) -> Warehouse {
        Warehouse { shelves: pallets.map(AtomicU32::new), morning: pallets }
    }

    /// Moves a pallet from one shelf to another. One thread does this.
    pub fn carry(&self, from: usize, to: usize) {
        let left = self.shelves[from].load(Relaxed) - 1;
        self.shelves[from].store(left, Release);
        let there = self.shelves[to].load(Relaxed) + 1;
        self.shelves[to].store(there, Release);
    }

    /// The pallets on each shelf.
    pub fn count(&self) -> [u32; 3] {
        let pallets = [0, 1, 2].map(|shelf| self.shelves[shelf].load(Acquire));
        let agrees = pallets.iter().sum::<u32>() == self.morning.iter().sum::<u32>();
        if agrees { pallets } else { self.morning }
    }
}
