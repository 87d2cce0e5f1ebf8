//! A warehouse in which the forklift says when it moves, and the clerk counts again if it did.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU32, fence};
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
        // Pairs with the fence in `count`: who saw a change sees that the number is odd.
        fence(Release);
        let left = self.shelves[from].load(Relaxed) - 1;
        self.shelves[from].store(left, Relaxed);
        let there = self.shelves[to].load(Relaxed) + 1;
        self.shelves[to].store(there, Relaxed);
        // Pairs with the first load in `count`: who sees it even sees both changes.
        self.moves.store(moves + 2, Release);
    }

    /// The pallets on each shelf.
    pub fn count(&self) -> [u32; 3] {
        loop {
            // Pairs with the last store in `carry`.
            let moves = self.moves.load(Acquire);
            let pallets = [0, 1, 2].map(|shelf| self.shelves[shelf].load(Relaxed));
            // Pairs with the fence in `carry`.
            fence(Acquire);
            if moves % 2 == 0 && self.moves.load(Relaxed) == moves {
                return pallets;
            }
            yield_now();
        }
    }
}
