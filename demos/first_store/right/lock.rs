//! A gauge with a lock around unit and value.

use super::rt::sync::Mutex;

/// In which unit the gauge is read, and what it shows.
pub struct Gauge {
    report: Mutex<Option<(u32, u32)>>,
}

racelab::fields!(Gauge { report: metric | imperial });

impl Gauge {
    pub fn new() -> Gauge {
        Gauge { report: Mutex::new(None) }
    }

    /// Reports a value in a unit, which is 1 or 2; false if the gauge is read in the other.
    pub fn report(&self, unit: u32, value: u32) -> bool {
        let mut report = self.report.lock().unwrap();
        let mine = report.is_none_or(|(settled, _)| settled == unit);
        if mine {
            *report = Some((unit, value));
        }
        mine
    }

    /// The unit and the value; nothing while nobody has reported.
    pub fn read(&self) -> Option<(u32, u32)> {
        *self.report.lock().unwrap()
    }
}
