//! A panel where a switch turns the bit over: right, for a lamp that was in the other state.

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
        let _ = on;
        self.lamps.fetch_xor(1 << lamp, Relaxed);
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        self.lamps.load(Relaxed)
    }
}
