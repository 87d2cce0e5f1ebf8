//! A price and its currency in a word each: no lock, and they need not belong together.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Release};

/// What something costs: an amount in cents, and the currency's number.
pub struct Price {
    cents: AtomicU32,
    currency: AtomicU32,
}

racelab::fields!(Price { cents: shop -> customer, currency: shop -> customer });

impl Price {
    pub fn new(cents: u32, currency: u32) -> Price {
        Price { cents: AtomicU32::new(cents), currency: AtomicU32::new(currency) }
    }

    /// It costs something else from now on. One thread does this.
    pub fn set(&self, cents: u32, currency: u32) {
        self.cents.store(cents, Release);
        self.currency.store(currency, Release);
    }

    /// The amount and the currency, which belong together.
    pub fn read(&self) -> (u32, u32) {
        let currency = self.currency.load(Acquire);
        (self.cents.load(Acquire), currency)
    }
}
