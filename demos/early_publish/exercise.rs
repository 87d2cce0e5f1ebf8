//! A parcel locker: a courier puts a parcel in and lights a lamp, and the customer looks at the lamp.

use super::rt::sync::atomic::Ordering::Relaxed;
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

// Who writes each field -> who only reads it: `racelab explain fields`.
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
        self.lamp.store(true, Relaxed);
    }

    /// The parcel's number and weight; nothing while the lamp is dark.
    // TODO: whoever sees the lamp must find the parcel, on every processor; and the customer must
    // not wait for the courier. You may change anything but the signatures.
    pub fn collect(&self) -> Option<(u32, u32)> {
        if !self.lamp.load(Relaxed) {
            return None;
        }
        Some((self.parcel.number.load(Relaxed), self.parcel.grams.load(Relaxed)))
    }
}
