//! A price and its currency, read together by everyone and changed now and then.

use super::rt::sync::RwLock;

/// What something costs: an amount in cents, and the currency's number.
pub struct Price {
    both: RwLock<(u32, u32)>,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Price { both: shop | customer });

impl Price {
    pub fn new(cents: u32, currency: u32) -> Price {
        Price { both: RwLock::new((cents, currency)) }
    }

    /// It costs something else from now on. One thread does this.
    pub fn set(&self, cents: u32, currency: u32) {
        *self.both.write().unwrap() = (cents, currency);
    }

    /// The amount and the currency, which belong together.
    // TODO: customers must not disturb each other: reading waits for nobody, takes no lock and
    // writes nothing, and what is read still belongs together.
    pub fn read(&self) -> (u32, u32) {
        *self.both.read().unwrap()
    }
}
