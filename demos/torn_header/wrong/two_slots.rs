//! A thermometer with two places for readings, written in turn: the second note meets the reader.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU32, AtomicUsize};

/// The readings noted last, and which of them is the newest.
pub struct Thermometer {
    newest: AtomicUsize,
    readings: [Reading; 2],
}

/// A reading.
pub struct Reading {
    celsius: AtomicU32,
    second: AtomicU32,
}

racelab::fields!(Thermometer { newest: sensor -> display, readings: sensor -> display });
racelab::fields!(Reading { celsius: sensor -> display, second: sensor -> display });

impl Thermometer {
    pub fn new(celsius: u32, second: u32) -> Thermometer {
        let reading =
            |_| Reading { celsius: AtomicU32::new(celsius), second: AtomicU32::new(second) };
        Thermometer { newest: AtomicUsize::new(0), readings: std::array::from_fn(reading) }
    }

    /// Notes a reading. One thread does this.
    pub fn note(&self, celsius: u32, second: u32) {
        let next = (self.newest.load(Relaxed) + 1) % 2;
        self.readings[next].celsius.store(celsius, Relaxed);
        self.readings[next].second.store(second, Relaxed);
        self.newest.store(next, Release);
    }

    /// The last reading: degrees, and when.
    pub fn last(&self) -> (u32, u32) {
        let reading = &self.readings[self.newest.load(Acquire)];
        (reading.celsius.load(Relaxed), reading.second.load(Relaxed))
    }
}
