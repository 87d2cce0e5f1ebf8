//! A forklift that writes down each count, four in turn: a slow clerk reads one that is written anew.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU32, AtomicUsize};

/// The last four counts, and how many there have been.
pub struct Warehouse {
    counts: [[AtomicU32; 3]; 4],
    moves: AtomicUsize,
}

racelab::fields!(Warehouse { counts: forklift -> clerk, moves: forklift -> clerk });

impl Warehouse {
    pub fn new(pallets: [u32; 3]) -> Warehouse {
        let counts = std::array::from_fn(|_| pallets.map(AtomicU32::new));
        Warehouse { counts, moves: AtomicUsize::new(0) }
    }

    /// Moves a pallet from one shelf to another. One thread does this.
    pub fn carry(&self, from: usize, to: usize) {
        let moves = self.moves.load(Relaxed);
        let mut pallets = self.of(moves);
        pallets[from] -= 1;
        pallets[to] += 1;
        for (shelf, count) in pallets.into_iter().enumerate() {
            self.counts[(moves + 1) % 4][shelf].store(count, Relaxed);
        }
        self.moves.store(moves + 1, Release);
    }

    /// The pallets on each shelf.
    pub fn count(&self) -> [u32; 3] {
        self.of(self.moves.load(Acquire))
    }

    fn of(&self, moves: usize) -> [u32; 3] {
        [0, 1, 2].map(|shelf| self.counts[moves % 4][shelf].load(Relaxed))
    }
}
