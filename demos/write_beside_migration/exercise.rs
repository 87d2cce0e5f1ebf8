//! A price list moves to a new page: it is copied, price by price, while a clerk changes prices.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicBool, AtomicU64};

/// The prices of two things on both pages, and which page counts. No price is 0.
pub struct List {
    old: [AtomicU64; 2],
    new: [AtomicU64; 2],
    turned: AtomicBool,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(List {
    old: clerk -> copier | customer,
    new: copier | clerk -> customer,
    turned: copier -> clerk | customer,
});

impl List {
    pub fn new(prices: [u64; 2]) -> List {
        List {
            old: prices.map(AtomicU64::new),
            new: [0, 0].map(AtomicU64::new),
            turned: AtomicBool::new(false),
        }
    }

    /// Copies the list to the new page, which counts from then on. It is called once.
    pub fn turn(&self) {
        for thing in 0..2 {
            self.new[thing].store(self.old[thing].load(Relaxed), Relaxed);
        }
        self.turned.store(true, Release);
    }

    /// Changes the price of a thing.
    // TODO: a price that was changed must stay so, whatever is copied meanwhile, and whoever asks
    // for a price must not wait. You may change anything but the signatures.
    pub fn change(&self, thing: usize, price: u64) {
        let page = if self.turned.load(Acquire) { &self.new } else { &self.old };
        page[thing].store(price, Relaxed);
    }

    /// The price of a thing.
    pub fn price(&self, thing: usize) -> u64 {
        let page = if self.turned.load(Acquire) { &self.new } else { &self.old };
        page[thing].load(Relaxed)
    }

    /// Whether the new page counts.
    pub fn turned(&self) -> bool {
        self.turned.load(Relaxed)
    }
}
