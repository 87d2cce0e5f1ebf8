//! A parcel locker without a lamp: number and weight are one word, and a parcel has no number 0.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The number in the upper half, the weight in the lower; 0 while there is no parcel.
pub struct Locker {
    parcel: AtomicU64,
}

racelab::fields!(Locker { parcel: courier -> customer });

impl Locker {
    pub fn new() -> Locker {
        Locker { parcel: AtomicU64::new(0) }
    }

    /// Puts the one parcel in.
    pub fn deliver(&self, number: u32, grams: u32) {
        self.parcel.store(u64::from(number) << 32 | u64::from(grams), Relaxed);
    }

    /// The parcel's number and weight; nothing while there is none.
    pub fn collect(&self) -> Option<(u32, u32)> {
        let parcel = self.parcel.load(Relaxed);
        let number = (parcel >> 32) as u32;
        (number != 0).then_some((number, parcel as u32))
    }
}
