//! A price and its currency in one word, with too little room for either.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// What something costs: an amount in cents, and the currency's number.
pub struct Price {
    /// The amount in the upper half.
    both: AtomicU32,
}

racelab::fields!(Price { both: shop -> customer });

impl Price {
    pub fn new(cents: u32, currency: u32) -> Price {
        Price { both: AtomicU32::new(cents << 16 | currency) }
    }

    /// It costs something else from now on. One thread does this.
    pub fn set(&self, cents: u32, currency: u32) {
        self.both.store(cents << 16 | currency, Relaxed);
    }

    /// The amount and the currency, which belong together.
    pub fn read(&self) -> (u32, u32) {
        let both = self.both.load(Relaxed);
        (both >> 16, both & 0xffff)
    }
}
