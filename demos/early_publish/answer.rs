//! A parcel locker whose lamp is released by the courier and acquired by the customer.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicBool, AtomicU32};

/// The parcel, and a lamp that says that it is there.
pub struct Locker {
    parcel: Parcel,
    lamp: AtomicBool,
}

/// Its number, from 1 on, and its weight.
pub struct Parcel {
    number: AtomicU32,
    grams: AtomicU32,
}

racelab::fields!(Locker { parcel: courier -> customer, lamp: courier -> customer });
racelab::fields!(Parcel { number: courier -> customer, grams: courier -> customer });

impl Locker {
    pub fn new() -> Locker {
        let parcel = Parcel { number: AtomicU32::new(0), grams: AtomicU32::new(0) };
        Locker { parcel, lamp: AtomicBool::new(false) }
    }

    /// Puts the one parcel in.
    pub fn deliver(&self, number: u32, grams: u32) {
        self.parcel.number.store(number, Relaxed);
        self.parcel.grams.store(grams, Relaxed);
        // Pairs with the load in `collect`: who sees the lamp finds the parcel.
        self.lamp.store(true, Release);
    }

    /// The parcel's number and weight; nothing while the lamp is dark.
    pub fn collect(&self) -> Option<(u32, u32)> {
        // Pairs with the store in `deliver`.
        if !self.lamp.load(Acquire) {
            return None;
        }
        Some((self.parcel.number.load(Relaxed), self.parcel.grams.load(Relaxed)))
    }
}
