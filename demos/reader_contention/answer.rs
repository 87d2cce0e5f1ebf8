//! A price and its currency in one word: reading them is one load.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// What something costs: an amount in cents, and the currency's number.
pub struct Price {
    /// The amount in the upper half.
    both: AtomicU64,
}

racelab::fields!(Price { both: shop -> customer });

impl Price {
    pub fn new(cents: u32, currency: u32) -> Price {
        Price { both: AtomicU64::new(word(cents, currency)) }
    }

    /// It costs something else from now on. One thread does this.
    pub fn set(&self, cents: u32, currency: u32) {
        // Relaxed: all there is to see is in this word.
        self.both.store(word(cents, currency), Relaxed);
    }

    /// The amount and the currency, which belong together.
    pub fn read(&self) -> (u32, u32) {
        let both = self.both.load(Relaxed);
        ((both >> 32) as u32, both as u32)
    }
}

fn word(cents: u32, currency: u32) -> u64 {
    u64::from(cents) << 32 | u64::from(currency)
}
