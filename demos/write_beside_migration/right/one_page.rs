//! A list whose prices stay where they are: only its page is another.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicBool, AtomicU64};

/// The prices of two things, and whether they are on the new page.
pub struct List {
    prices: [AtomicU64; 2],
    turned: AtomicBool,
}

racelab::fields!(List { prices: clerk -> customer, turned: copier });

impl List {
    pub fn new(prices: [u64; 2]) -> List {
        List { prices: prices.map(AtomicU64::new), turned: AtomicBool::new(false) }
    }

    /// Turns the page. It is called once.
    pub fn turn(&self) {
        self.turned.store(true, Relaxed);
    }

    /// Changes the price of a thing.
    pub fn change(&self, thing: usize, price: u64) {
        self.prices[thing].store(price, Relaxed);
    }

    /// The price of a thing.
    pub fn price(&self, thing: usize) -> u64 {
        self.prices[thing].load(Relaxed)
    }

    /// Whether the new page counts.
    pub fn turned(&self) -> bool {
        self.turned.load(Relaxed)
    }
}
