//! A panel of 64 lamps, a bit for each, that two people switch.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// The lamps that are on.
pub struct Panel {
    lamps: AtomicU64,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Panel { lamps: porter | guest });

impl Panel {
    pub fn new(lamps: u64) -> Panel {
        Panel { lamps: AtomicU64::new(lamps) }
    }

    /// Switches one lamp on or off.
    // TODO: whoever switches one lamp leaves all others alone, whoever else switches meanwhile; and
    // nobody waits. You may change anything but the signatures.
    pub fn switch(&self, lamp: usize, on: bool) {
        let lamps = self.lamps.load(Relaxed);
        let bit = 1 << lamp;
        self.lamps.store(if on { lamps | bit } else { lamps & !bit }, Relaxed);
    }

    /// The lamps that are on, a bit for each.
    pub fn lamps(&self) -> u64 {
        self.lamps.load(Relaxed)
    }
}
