//! A board behind a lock: whole readings, for a display that waits for the sensor.

use super::rt::sync::Mutex;

/// Sixteen gauges: their kinds, and their readings.
pub struct Board {
    gauges: Mutex<([u32; 16], [u64; 16])>,
}

racelab::fields!(Board { gauges: sensor | display });

impl Board {
    /// A board on which every gauge is of kind 0 and shows 0.
    pub fn new() -> Board {
        Board { gauges: Mutex::new(([0; 16], [0; 16])) }
    }

    /// Says what a gauge measures, once, before it is used.
    pub fn install(&self, gauge: usize, kind: u32) {
        self.gauges.lock().unwrap().0[gauge] = kind;
    }

    /// Sets a gauge. One thread does this.
    pub fn set(&self, gauge: usize, reading: u64) {
        self.gauges.lock().unwrap().1[gauge] = reading;
    }

    /// What a gauge measures, and what it shows.
    pub fn show(&self, gauge: usize) -> (u32, u64) {
        let gauges = self.gauges.lock().unwrap();
        (gauges.0[gauge], gauges.1[gauge])
    }
}
