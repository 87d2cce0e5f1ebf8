//! A panel behind a lock: nothing is lost, and everybody waits for everybody.

use super::rt::sync::Mutex;

/// The lamps that are on.
pub struct Panel {
    lamps: Mutex<u64>,
}

racelab::fields!(Panel { lamps: porter | guest });

impl Panel {
    pub fn new(lamps: u64) -> Panel {
        Panel { lamps: Mutex::new(lamps) }
    }

    /// Switches one lamp on or off.
    pub fn switch(&self, lamp: usize, on: bool) {
        let mut lamps = self.lamps.lock().unwrap();
        let bit = 1 << lamp;
        *lamps = if on { *lamps | bit } else { *lamps & !bit };
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        *self.lamps.lock().unwrap()
    }
}
