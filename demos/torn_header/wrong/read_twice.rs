//! A thermometer that is read until the time before and the time after agree.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Release};

/// The last reading.
pub struct Thermometer {
    celsius: AtomicU32,
    second: AtomicU32,
}

racelab::fields!(Thermometer { celsius: sensor -> display, second: sensor -> display });

impl Thermometer {
    pub fn new(celsius: u32, second: u32) -> Thermometer {
        Thermometer { celsius: AtomicU32::new(celsius), second: AtomicU32::new(second) }
    }

    /// Notes a reading. One thread does this.
    pub fn note(&self, celsius: u32, second: u32) {
        self.celsius.store(celsius, Release);
        self.second.store(second, Release);
    }

    /// The last reading: degrees, and when.
    pub fn last(&self) -> (u32, u32) {
        loop {
            let second = self.second.load(Acquire);
            let celsius = self.celsius.load(Acquire);
            if self.second.load(Acquire) == second {
                return (celsius, second);
            }
        }
    }
}
