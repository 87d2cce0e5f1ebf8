//! A panel whose lamps are added and taken away: of two that switch one lamp on, the second carries
//! over into the next.

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
        let is_on = self.lamps.load(Relaxed) & bit != 0;
        if on && !is_on {
            self.lamps.fetch_add(bit, Relaxed);
        } else if !on && is_on {
            self.lamps.fetch_sub(bit, Relaxed);
        }
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        self.lamps.load(Relaxed)
    }
}
