//! A warehouse whose three numbers are one word: a pallet changes two of them at once.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// How many pallets are on each shelf: 20 bits a shelf.
pub struct Warehouse {
    shelves: AtomicU64,
}

racelab::fields!(Warehouse { shelves: forklift -> clerk });

impl Warehouse {
    pub fn new(pallets: [u32; 3]) -> Warehouse {
        let word = |shelf: usize| u64::from(pallets[shelf]) << (20 * shelf);
        Warehouse { shelves: AtomicU64::new(word(0) | word(1) | word(2)) }
    }

    /// Moves a pallet from one shelf to another. One thread does this.
    pub fn carry(&self, from: usize, to: usize) {
        let shelves = self.shelves.load(Relaxed);
        self.shelves.store(shelves - (1 << (20 * from)) + (1 << (20 * to)), Relaxed);
    }

    /// The pallets on each shelf.
    pub fn count(&self) -> [u32; 3] {
        let shelves = self.shelves.load(Relaxed);
        [0, 1, 2].map(|shelf| (shelves >> (20 * shelf) & 0xf_ffff) as u32)
    }
}
