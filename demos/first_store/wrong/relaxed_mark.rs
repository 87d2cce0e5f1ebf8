//! A gauge with a mark, and nothing that makes the value arrive before the unit.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::thread::yield_now;

/// The unit while nobody has reported.
const NONE: u32 = 0;

/// The unit while the first report is under way.
const BUSY: u32 = u32::MAX;

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
        let claim = || self.unit.compare_exchange(NONE, BUSY, Relaxed, Relaxed).is_ok();
        if claim() {
            self.shows.store(value, Relaxed);
            self.unit.store(unit, Relaxed);
            return true;
        }
        while self.unit.load(Relaxed) == BUSY {
            yield_now();
        }
        let mine = self.unit.load(Relaxed) == unit;
        if mine {
            self.shows.store(value, Relaxed);
        }
        mine
    }

    /// The unit and the value; nothing while nobody has reported.
    pub fn read(&self) -> Option<(u32, u32)> {
        let unit = self.unit.load(Relaxed);
        if unit == NONE || unit == BUSY {
            return None;
        }
        Some((unit, self.shows.load(Relaxed)))
    }
}
