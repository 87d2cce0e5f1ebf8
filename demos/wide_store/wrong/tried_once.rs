//! A panel where a switch that comes too late gives up.

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
        let new = if on { lamps | bit } else { lamps & !bit };
        let _ = self.lamps.compare_exchange(lamps, new, Relaxed, Relaxed);
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        self.lamps.load(Relaxed)
    }
}
