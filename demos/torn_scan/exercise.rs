//! A warehouse with three shelves: a forklift moves pallets, and a clerk counts them all.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// How many pallets are on each shelf.
pub struct Warehouse {
    shelves: [AtomicU32; 3],
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Warehouse { shelves: forklift -> clerk });

impl Warehouse {
    pub fn new(pallets: [u32; 3]) -> Warehouse {
        Warehouse { shelves: pallets.map(AtomicU32::new) }
    }

    /// Moves a pallet from one shelf to another. One thread does this.
    // TODO: `count` must give the number of pallets on each shelf at one moment, when no pallet is
    // on its way; and the forklift must not wait for the clerk. You may change anything but the
    // signatures.
    pub fn carry(&self, from: usize, to: usize) {
        let left = self.shelves[from].load(Relaxed) - 1;
        self.shelves[from].store(left, Release);
        let there = self.shelves[to].load(Relaxed) + 1;
        self.shelves[to].store(there, Release);
    }

    /// The pallets on each shelf.
    pub fn count(&self) -> [u32; 3] {
        [0, 1, 2].map(|shelf| self.shelves[shelf].load(Acquire))
    }
}
