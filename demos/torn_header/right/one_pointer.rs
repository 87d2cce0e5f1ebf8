//! A thermometer that keeps every reading, and points to the last: room for more than a word.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicPtr, AtomicU32};

/// Where the last reading is.
pub struct Thermometer {
    last: AtomicPtr<Reading>,
}

/// A reading. Not changed after it is published.
pub struct Reading {
    celsius: AtomicU32,
    second: AtomicU32,
    /// The reading before this one: kept until the thermometer is dropped, for who has it still.
    before: AtomicPtr<Reading>,
}

racelab::fields!(Thermometer { last: sensor -> display });
racelab::fields!(Reading { celsius: sensor -> display, second: sensor -> display, before: sensor });

impl Thermometer {
    pub fn new(celsius: u32, second: u32) -> Thermometer {
        let thermometer = Thermometer { last: AtomicPtr::new(std::ptr::null_mut()) };
        thermometer.note(celsius, second);
        thermometer
    }

    /// Notes a reading. One thread does this.
    pub fn note(&self, celsius: u32, second: u32) {
        let reading = Box::into_raw(Box::new(Reading {
            celsius: AtomicU32::new(celsius),
            second: AtomicU32::new(second),
            before: AtomicPtr::new(self.last.load(Relaxed)),
        }));
        // Pairs with the load in `last`: who sees the pointer sees the reading behind it.
        self.last.store(reading, Release);
    }

    /// The last reading: degrees, and when.
    pub fn last(&self) -> (u32, u32) {
        // Pairs with the store in `note`.
        let last = self.last.load(Acquire);
        // Safety: published readings live until the thermometer is dropped.
        let reading = unsafe { &*last };
        (reading.celsius.load(Relaxed), reading.second.load(Relaxed))
    }
}

impl Drop for Thermometer {
    fn drop(&mut self) {
        let mut reading = self.last.load(Relaxed);
        while !reading.is_null() {
            // Safety: made by `Box::into_raw`; nobody else has a thermometer that is being dropped.
            let owned = unsafe { Box::from_raw(reading) };
            reading = owned.before.load(Relaxed);
        }
    }
}
