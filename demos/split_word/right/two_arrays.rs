//! A board with all kinds in one array and all readings in another: aligned, and no gap at all.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU32, AtomicU64};

/// Sixteen gauges: their kinds, and their readings.
pub struct Board {
    kinds: [AtomicU32; 16],
    readings: [AtomicU64; 16],
}

racelab::fields!(Board { kinds: nobody, readings: sensor -> display });

impl Board {
    /// A board on which every gauge is of kind 0 and shows 0.
    pub fn new() -> Board {
        let kinds = std::array::from_fn(|_| AtomicU32::new(0));
        Board { kinds, readings: std::array::from_fn(|_| AtomicU64::new(0)) }
    }

    /// Says what a gauge measures, once, before it is used.
    pub fn install(&self, gauge: usize, kind: u32) {
        self.kinds[gauge].store(kind, Relaxed);
    }

    /// Sets a gauge. One thread does this.
    pub fn set(&self, gauge: usize, reading: u64) {
        self.readings[gauge].store(reading, Relaxed);
    }

    /// What a gauge measures, and what it shows.
    pub fn show(&self, gauge: usize) -> (u32, u64) {
        (self.kinds[gauge].load(Relaxed), self.readings[gauge].load(Relaxed))
    }
}
