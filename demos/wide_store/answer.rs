//! A panel where a lamp is switched in one step: the newest word, but for one bit.

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
        let bit = 1 << lamp;
        if on {
            self.lamps.fetch_or(bit, Relaxed);
        } else {
            self.lamps.fetch_and(!bit, Relaxed);
        }
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        self.lamps.load(Relaxed)
    }
}
