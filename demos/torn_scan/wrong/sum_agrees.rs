//! A clerk who counts until the sum is right: two pallets on their way make up for each other.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::thread::yield_now;

/// How many pallets are on each shelf, and on all.
pub struct Warehouse {
    shelves: [AtomicU32; 3],
    all: u32,
}

racelab::fields!(Warehouse { shelves: forklift -> clerk, all: nobody });

impl Warehouse {
    pub fn new(pallets: [u32; 3]) -> Warehouse {
        Warehouse { all: pallets.iter().sum(), shelves: pallets.map(AtomicU32::new) }
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
        loop {
            let pallets = [0, 1, 2].map(|shelf| self.shelves[shelf].load(Acquire));
            if pallets.iter().sum::<u32>() == self.all {
                return pallets;
            }
            yield_now();
        }
    }
}
