//! A thermometer with three readings in turn: the display is overtaken when the sensor goes round.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU32, AtomicUsize};

/// How many readings are kept.
const KEPT: usize = 3;

/// The last readings, and which of them is the last.
pub struct Thermometer {
    celsius: [AtomicU32; KEPT],
    second: [AtomicU32; KEPT],
    last: AtomicUsize,
}

racelab::fields!(Thermometer {
    celsius: sensor -> display, second: sensor -> display, last: sensor -> display
});

impl Thermometer {
    pub fn new(celsius: u32, second: u32) -> Thermometer {
        Thermometer {
            celsius: std::array::from_fn(|_| AtomicU32::new(celsius)),
            second: std::array::from_fn(|_| AtomicU32::new(second)),
            last: AtomicUsize::new(0),
        }
    }

    /// Notes a reading. One thread does this.
    pub fn note(&self, celsius: u32, second: u32) {
        let next = (self.last.load(Relaxed) + 1) % KEPT;
        self.celsius[next].store(celsius, Relaxed);
        self.second[next].store(second, Relaxed);
        self.last.store(next, Release);
    }

    /// The last reading: degrees, and when.
    pub fn last(&self) -> (u32, u32) {
        let last = self.last.load(Acquire);
        (self.celsius[last].load(Relaxed), self.second[last].load(Relaxed))
    }
}
