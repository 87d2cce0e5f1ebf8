//! A pointer to the last price; the ones before are kept: room for more than a word.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU32};

/// What something costs.
pub struct Price {
    last: AtomicPtr<Both>,
}

/// An amount in cents, and the currency's number. Not changed after it is published.
pub struct Both {
    cents: AtomicU32,
    currency: AtomicU32,
    /// The price before this one: kept until all is dropped, for who has it still.
    before: AtomicPtr<Both>,
}

racelab::fields!(Price { last: shop -> customer });
racelab::fields!(Both { cents: shop -> customer, currency: shop -> customer, before: shop });

impl Price {
    pub fn new(cents: u32, currency: u32) -> Price {
        let price = Price { last: AtomicPtr::new(std::ptr::null_mut()) };
        price.set(cents, currency);
        price
    }

    /// It costs something else from now on. One thread does this.
    pub fn set(&self, cents: u32, currency: u32) {
        let both = Box::into_raw(Box::new(Both {
            cents: AtomicU32::new(cents),
            currency: AtomicU32::new(currency),
            before: AtomicPtr::new(self.last.load(Relaxed)),
        }));
        // Pairs with the load in `read`: who sees the pointer sees the price behind it.
        self.last.store(both, Release);
    }

    /// The amount and the currency, which belong together.
    pub fn read(&self) -> (u32, u32) {
        // Pairs with the store in `set`.
        let last = self.last.load(Acquire);
        // Safety: published prices live until the whole is dropped.
        let both = unsafe { &*last };
        (both.cents.load(Relaxed), both.currency.load(Relaxed))
    }
}

impl Drop for Price {
    fn drop(&mut self) {
        let mut both = self.last.load(Relaxed);
        while !both.is_null() {
            // Safety: made by `Box::into_raw`; nobody else has a price that is being dropped.
            let owned = unsafe { Box::from_raw(both) };
            both = owned.before.load(Relaxed);
        }
    }
}
