//! A clerk who counts again if the forklift moved, and nothing keeps the looks in their order.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::thread::yield_now;

/// How many pallets are on each shelf.
pub struct Warehouse {
    shelves: [AtomicU32; 3],
    /// How many times the forklift has started and stopped: odd while it is on its way.
    moves: AtomicU32,
}

racelab::fields!(Warehouse { shelves: forklift -> clerk, moves: forklift -> clerk });

impl Warehouse {
    pub fn new(pallets: [u32; 3]) -> Warehouse {
        Warehouse { shelves: pallets.map(AtomicU32::new), moves: AtomicU32::new(0) }
    }

    /// Moves a pallet from one shelf to another. One thread does this.
    pub fn carry(&self, from: usize, to: usize) {
        let moves = self.moves.load(Relaxed);
        self.moves.store(moves + 1, Relaxed);
        let left = self.shelves[from].load(Relaxed) - 1;
        self.shelves[from].store(left, Relaxed);
        let there = self.shelves[to].load(Relaxed) + 1;
        self.shelves[to].store(there, Relaxed);
        self.moves.store(moves + 2, Relaxed);
    }

    /// The pallets on each shelf.
    pub fn count(&self) -> [u32; 3] {
        loop {
            let moves = self.moves.load(Relaxed);
            let pallets = [0, 1, 2].map(|shelf| self.shelves[shelf].load(Relaxed));
            if moves % 2 == 0 && self.moves.load(Relaxed) == moves {
                return pallets;
            }
            yield_now();
        }
    }
}
