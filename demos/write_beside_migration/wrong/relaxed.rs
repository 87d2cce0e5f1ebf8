//! A list that is locked against the clerk, with a page that counts before its prices are seen.

use super::rt::sync::Mutex;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicBool, AtomicU64};

/// The prices of two things on both pages, and which page counts. No price is 0.
pub struct List {
    old: [AtomicU64; 2],
    new: [AtomicU64; 2],
    turned: AtomicBool,
    writing: Mutex<()>,
}

racelab::fields!(List {
    old: clerk -> copier | customer,
    new: copier | clerk -> customer,
    turned: copier -> clerk | customer,
    writing: copier | clerk,
});

impl List {
    pub fn new(prices: [u64; 2]) -> List {
        List {
            old: prices.map(AtomicU64::new),
            new: [0, 0].map(AtomicU64::new),
            turned: AtomicBool::new(false),
            writing: Mutex::new(()),
        }
    }

    /// Copies the list to the new page, which counts from then on. It is called once.
    pub fn turn(&self) {
        let _held = self.writing.lock().unwrap();
        for thing in 0..2 {
            self.new[thing].store(self.old[thing].load(Relaxed), Relaxed);
        }
        self.turned.store(true, Relaxed);
    }

    /// Changes the price of a thing.
    pub fn change(&self, thing: usize, price: u64) {
        let _held = self.writing.lock().unwrap();
        let page = if self.turned.load(Relaxed) { &self.new } else { &self.old };
        page[thing].store(price, Relaxed);
    }

    /// The price of a thing.
    pub fn price(&self, thing: usize) -> u64 {
        let page = if self.turned.load(Relaxed) { &self.new } else { &self.old };
        page[thing].load(Relaxed)
    }

    /// Whether the new page counts.
    pub fn turned(&self) -> bool {
        self.turned.load(Relaxed)
    }
}
