//! A thermometer: one thread notes what it shows and when, others ask for the last reading.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The last reading.
pub struct Thermometer {
    celsius: AtomicU32,
    second: AtomicU32,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Thermometer { celsius: sensor -> display, second: sensor -> display });

impl Thermometer {
    pub fn new(celsius: u32, second: u32) -> Thermometer {
        Thermometer { celsius: AtomicU32::new(celsius), second: AtomicU32::new(second) }
    }

    /// Notes a reading. One thread does this.
    // TODO: `last` must return a reading that was noted, never the degrees of one with the time of
    // another; and it must not wait for the sensor. You may change anything but the signatures.
    pub fn note(&self, celsius: u32, second: u32) {
        self.celsius.store(celsius, Relaxed);
        self.second.store(second, Relaxed);
    }

    /// The last reading: degrees, and when.
    pub fn last(&self) -> (u32, u32) {
        let celsius = self.celsius.load(Relaxed);
        let second = self.second.load(Relaxed);
        (celsius, second)
    }
}
