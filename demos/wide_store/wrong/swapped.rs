//! A panel where the new word is swapped in: in one step, and made from an old one.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The lamps that are on.
pub struct Panel {
    lamps: AtomicU64,
}

racelab::fields!(Panel { lamps: porter | guest });

impl Panel {
    pub fn new(lamps: u64) -> Panel {
        Panel { lamps: AtomicU64::new(lamps) }
    }

    /// Switches one lamp on or off.
    pub fn switch(&self, lamp: usize, on: bool) {
        let lamps = self.lamps.load(Relaxed);
        let bit = 1 << lamp;
        self.lamps.swap(if on { lamps | bit } else { lamps & !bit }, Relaxed);
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        self.lamps.load(Relaxed)
    }
}
