//! A board of sixteen gauges, packed: for each a kind of four bytes and a reading of eight.

use super::rt::sync::atomic::AtomicU32;
use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::unaligned::U64;

/// Sixteen gauges.
pub struct Board {
    gauges: [Gauge; 16],
}

/// Twelve bytes.
#[repr(C)]
pub struct Gauge {
    kind: AtomicU32,
    reading: U64,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Board { gauges: sensor -> display });
racelab::fields!(Gauge { kind: nobody, reading: sensor -> display });

impl Board {
    /// A board on which every gauge is of kind 0 and shows 0.
    pub fn new() -> Board {
        let gauge = |_| Gauge { kind: AtomicU32::new(0), reading: U64::new(0) };
        Board { gauges: std::array::from_fn(gauge) }
    }

    /// Says what a gauge measures, once, before it is used.
    pub fn install(&self, gauge: usize, kind: u32) {
        self.gauges[gauge].kind.store(kind, Relaxed);
    }

    /// Sets a gauge. One thread does this.
    // TODO: `show` must return a reading that was set, on any machine, and must not wait; and the
    // board may have 256 bytes. You may change anything but the signatures.
    pub fn set(&self, gauge: usize, reading: u64) {
        self.gauges[gauge].reading.store(reading);
    }

    /// What a gauge measures, and what it shows.
    pub fn show(&self, gauge: usize) -> (u32, u64) {
        let gauge = &self.gauges[gauge];
        (gauge.kind.load(Relaxed), gauge.reading.load())
    }
}
