//! A panel with a byte for each lamp: whoever stores to one touches no other.

use super::rt::sync::atomic::AtomicBool;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Whether each lamp is on.
pub struct Panel {
    lamps: [AtomicBool; 64],
}

racelab::fields!(Panel { lamps: porter | guest });

impl Panel {
    pub fn new(lamps: u64) -> Panel {
        Panel { lamps: std::array::from_fn(|lamp| AtomicBool::new(lamps >> lamp & 1 == 1)) }
    }

    /// Switches one lamp on or off.
    pub fn switch(&self, lamp: usize, on: bool) {
        self.lamps[lamp].store(on, Relaxed);
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        let bits = self.lamps.iter().enumerate();
        bits.map(|(lamp, on)| u64::from(on.load(Relaxed)) << lamp).sum()
    }
}
