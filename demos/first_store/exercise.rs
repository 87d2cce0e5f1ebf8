//! A gauge that two stations share: the one that reports first settles the unit.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};

/// The unit while nobody has reported.
const NONE: u32 = 0;

/// In which unit the gauge is read, and what it shows.
pub struct Gauge {
    unit: AtomicU32,
    shows: AtomicU32,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Gauge { unit: metric | imperial, shows: metric | imperial });

impl Gauge {
    pub fn new() -> Gauge {
        Gauge { unit: AtomicU32::new(NONE), shows: AtomicU32::new(0) }
    }

    /// Reports a value in a unit, which is 1 or 2; false if the gauge is read in the other.
    // TODO: who reads a unit must read a value in this unit, and the reports in the other unit must
    // be refused, also when both units are reported at once. You may change anything but the
    // signatures.
    pub fn report(&self, unit: u32, value: u32) -> bool {
        let before = self.unit.load(Relaxed);
        if before != NONE && before != unit {
            return false;
        }
        self.unit.store(unit, Release);
        self.shows.store(value, Release);
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
