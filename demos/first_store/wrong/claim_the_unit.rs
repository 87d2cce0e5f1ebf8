//! A gauge whose unit is claimed by compare-and-swap, before there is a value.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The unit while nobody has reported.
const NONE: u32 = 0;

/// In which unit the gauge is read, and what it shows.
pub struct Gauge {
    unit: AtomicU32,
    shows: AtomicU32,
}

racelab::fields!(Gauge { unit: metric | imperial, shows: metric | imperial });

impl Gauge {
    pub fn new() -> Gauge {
        Gauge { unit: AtomicU32::new(NONE), shows: AtomicU32::new(0) }
    }

    /// Reports a value in a unit, which is 1 or 2; false if the gauge is read in the other.
    pub fn report(&self, unit: u32, value: u32) -> bool {
        match self.unit.compare_exchange(NONE, unit, Release, Relaxed) {
            Err(before) if before != unit => return false,
            _ => self.shows.store(value, Release),
        }
        true
    }

    /// The unit and the value; nothing while nobody has reported.
    pub fn read(&self) -> Option<(u32, u32)> {
        let unit = self.unit.load(Acquire);
        if unit == NONE {
            return None;
        }
        Some((unit, self.shows.load(Acquire)))
    }
}
