//! A price in one of two slots, and the other is used for the next: a reader may still be there.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// What something costs: an amount in cents, and the currency's number.
pub struct Price {
    cents: [AtomicU32; 2],
    currency: [AtomicU32; 2],
    /// Which of the two.
    current: AtomicU32,
}

racelab::fields!(Price {
    cents: shop -> customer, currency: shop -> customer, current: shop -> customer
});

impl Price {
    pub fn new(cents: u32, currency: u32) -> Price {
        let two = |value| [AtomicU32::new(value), AtomicU32::new(value)];
        Price { cents: two(cents), currency: two(currency), current: AtomicU32::new(0) }
    }

    /// It costs something else from now on. One thread does this.
    pub fn set(&self, cents: u32, currency: u32) {
        let next = 1 - self.current.load(Relaxed);
        self.cents[next as usize].store(cents, Relaxed);
        self.currency[next as usize].store(currency, Relaxed);
        // Pairs with the load in `read`.
        self.current.store(next, Release);
    }

    /// The amount and the currency, which belong together.
    pub fn read(&self) -> (u32, u32) {
        // Pairs with the store in `set`.
        let current = self.current.load(Acquire) as usize;
        (self.cents[current].load(Relaxed), self.currency[current].load(Relaxed))
    }
}
