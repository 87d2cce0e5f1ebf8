//! A price behind two locks, one for each customer in turn: a reader still waits for the shop.

use super::rt::sync::RwLock;
use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// What something costs: an amount in cents, and the currency's number.
pub struct Price {
    both: [RwLock<(u32, u32)>; 2],
    /// Where the next customer reads.
    turn: AtomicU32,
}

racelab::fields!(Price { both: shop | customer, turn: customer });

impl Price {
    pub fn new(cents: u32, currency: u32) -> Price {
        let both = [(); 2].map(|()| RwLock::new((cents, currency)));
        Price { both, turn: AtomicU32::new(0) }
    }

    /// It costs something else from now on. One thread does this.
    pub fn set(&self, cents: u32, currency: u32) {
        let both = self.both.each_ref().map(|both| both.write().unwrap());
        both.into_iter().for_each(|mut both| *both = (cents, currency));
    }

    /// The amount and the currency, which belong together.
    pub fn read(&self) -> (u32, u32) {
        let turn = self.turn.fetch_add(1, Relaxed);
        *self.both[turn as usize % 2].read().unwrap()
    }
}
