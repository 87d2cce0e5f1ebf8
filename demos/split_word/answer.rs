//! A board of sixteen gauges of sixteen bytes: each reading lies at a multiple of eight.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicU32, AtomicU64};

/// Sixteen gauges.
pub struct Board {
    gauges: [Gauge; 16],
}

/// Sixteen bytes, of which four are a gap.
#[repr(C)]
pub struct Gauge {
    kind: AtomicU32,
    reading: AtomicU64,
}

racelab::fields!(Board { gauges: sensor -> display });
racelab::fields!(Gauge { kind: nobody, reading: sensor -> display });

impl Board {
    /// A board on which every gauge is of kind 0 and shows 0.
    pub fn new() -> Board {
        let gauge = |_| Gauge { kind: AtomicU32::new(0), reading: AtomicU64::new(0) };
        Board { gauges: std::array::from_fn(gauge) }
    }

    /// Says what a gauge measures, once, before it is used.
    pub fn install(&self, gauge: usize, kind: u32) {
        self.gauges[gauge].kind.store(kind, Relaxed);
    }

    /// Sets a gauge. One thread does this.
    pub fn set(&self, gauge: usize, reading: u64) {
        self.gauges[gauge].reading.store(reading, Relaxed);
    }

    /// What a gauge measures, and what it shows.
    pub fn show(&self, gauge: usize) -> (u32, u64) {
        let gauge = &self.gauges[gauge];
        (gauge.kind.load(Relaxed), gauge.reading.load(Relaxed))
    }
}
