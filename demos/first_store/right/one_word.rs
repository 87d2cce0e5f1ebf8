//! A gauge whose unit and value are one word: nothing is there before the rest.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The unit in the upper half, the value in the lower; 0 while nobody has reported.
pub struct Gauge {
    report: AtomicU64,
}

racelab::fields!(Gauge { report: metric | imperial });

impl Gauge {
    pub fn new() -> Gauge {
        Gauge { report: AtomicU64::new(0) }
    }

    /// Reports a value in a unit, which is 1 or 2; false if the gauge is read in the other.
    pub fn report(&self, unit: u32, value: u32) -> bool {
        let report = u64::from(unit) << 32 | u64::from(value);
        let settle = |before| (before == 0 || before >> 32 == u64::from(unit)).then_some(report);
        self.report.fetch_update(Relaxed, Relaxed, settle).is_ok()
    }

    /// The unit and the value; nothing while nobody has reported.
    pub fn read(&self) -> Option<(u32, u32)> {
        let report = self.report.load(Relaxed);
        (report != 0).then_some(((report >> 32) as u32, report as u32))
    }
}
