//! A parcel locker with a lock: no lamp without a parcel, but the customer waits for the courier.

use super::rt::sync::Mutex;

/// The parcel, if it is there.
pub struct Locker {
    parcel: Mutex<Option<(u32, u32)>>,
}

racelab::fields!(Locker { parcel: courier | customer });

impl Locker {
    pub fn new() -> Locker {
        Locker { parcel: Mutex::new(None) }
    }

    /// Puts the one parcel in.
    pub fn deliver(&self, number: u32, grams: u32) {
        *self.parcel.lock().unwrap() = Some((number, grams));
    }

    /// The parcel's number and weight; nothing while there is none.
    pub fn collect(&self) -> Option<(u32, u32)> {
        *self.parcel.lock().unwrap()
    }
}
