//! A parcel locker whose parcel is its own lamp: the number is stored last, with Release.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The parcel: its number, 0 while there is none, and its weight.
pub struct Locker {
    number: AtomicU32,
    grams: AtomicU32,
}

racelab::fields!(Locker { number: courier -> customer, grams: courier -> customer });

impl Locker {
    pub fn new() -> Locker {
        Locker { number: AtomicU32::new(0), grams: AtomicU32::new(0) }
    }

    /// Puts the one parcel in.
    pub fn deliver(&self, number: u32, grams: u32) {
        self.grams.store(grams, Relaxed);
        // Pairs with the load in `collect`: who sees the number sees the weight.
        self.number.store(number, Release);
    }

    /// The parcel's number and weight; nothing while there is none.
    pub fn collect(&self) -> Option<(u32, u32)> {
        // Pairs with the store in `deliver`.
        match self.number.load(Acquire) {
            0 => None,
            number => Some((number, self.grams.load(Relaxed))),
        }
    }
}
