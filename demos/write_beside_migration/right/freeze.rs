//! A list whose prices are frozen one by one, and copied where nobody was faster.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The bit of a price on the old page that is not changed there any more.
const FROZEN: u64 = 1 << 63;

/// The prices of two things on both pages. No price is 0.
pub struct List {
    old: [AtomicU64; 2],
    new: [AtomicU64; 2],
}

racelab::fields!(List { old: copier | clerk -> customer, new: copier | clerk -> customer });

impl List {
    pub fn new(prices: [u64; 2]) -> List {
        List { old: prices.map(AtomicU64::new), new: [0, 0].map(AtomicU64::new) }
    }

    /// Copies the list to the new page, which counts from then on. It is called once.
    pub fn turn(&self) {
        for thing in 0..2 {
            let price = self.old[thing].fetch_or(FROZEN, Relaxed) & !FROZEN;
            // If it fails the clerk was here first, with a newer price.
            let _ = self.new[thing].compare_exchange(0, price, Relaxed, Relaxed);
        }
    }

    /// Changes the price of a thing.
    pub fn change(&self, thing: usize, price: u64) {
        let mut seen = self.old[thing].load(Relaxed);
        while seen & FROZEN == 0 {
            match self.old[thing].compare_exchange(seen, price, Relaxed, Relaxed) {
                Ok(_) => return,
                Err(newer) => seen = newer,
            }
        }
        self.new[thing].store(price, Relaxed);
    }

    /// The price of a thing.
    pub fn price(&self, thing: usize) -> u64 {
        let old = self.old[thing].load(Relaxed);
        if old & FROZEN == 0 {
            return old;
        }
        match self.new[thing].load(Relaxed) {
            0 => old & !FROZEN,
            new => new,
        }
    }

    /// Whether the new page counts.
    pub fn turned(&self) -> bool {
        self.old[1].load(Relaxed) & FROZEN != 0
    }
}
