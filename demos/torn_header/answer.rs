//! A thermometer whose reading is one word: what fits into a word cannot tear.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The last reading: degrees in the upper half, seconds in the lower.
pub struct Thermometer {
    reading: AtomicU64,
}

racelab::fields!(Thermometer { reading: sensor -> display });

impl Thermometer {
    pub fn new(celsius: u32, second: u32) -> Thermometer {
        Thermometer { reading: AtomicU64::new(word(celsius, second)) }
    }

    /// Notes a reading. One thread does this.
    pub fn note(&self, celsius: u32, second: u32) {
        self.reading.store(word(celsius, second), Relaxed);
    }

    /// The last reading: degrees, and when.
    pub fn last(&self) -> (u32, u32) {
        let reading = self.reading.load(Relaxed);
        ((reading >> 32) as u32, reading as u32)
    }
}

fn word(celsius: u32, second: u32) -> u64 {
    u64::from(celsius) << 32 | u64::from(second)
}
