//! A board whose number of lines says which are lit: one word publishes a line.

use super::rt::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use super::rt::sync::atomic::{AtomicU32, AtomicUsize};

/// Four lines, of which the first `shown` are lit.
pub struct Board {
    shown: AtomicUsize,
    flights: [AtomicU32; 4],
    gates: [AtomicU32; 4],
}

racelab::fields!(Board {
    shown: clerk -> traveller, flights: clerk -> traveller, gates: clerk -> traveller
});

impl Board {
    pub fn new() -> Board {
        let zeros = || std::array::from_fn(|_| AtomicU32::new(0));
        Board { shown: AtomicUsize::new(0), flights: zeros(), gates: zeros() }
    }

    /// Shows a flight that is not on the board yet. One thread does this.
    pub fn show(&self, flight: u32, gate: u32) {
        let line = self.shown.load(Relaxed);
        self.flights[line].store(flight, Relaxed);
        self.gates[line].store(gate, Relaxed);
        // Pairs with the load in `gate`: who sees the new number sees the line.
        self.shown.store(line + 1, Release);
    }

    /// The gate of a flight, if the board shows it.
    pub fn gate(&self, flight: u32) -> Option<u32> {
        // Pairs with the store in `show`.
        let shown = self.shown.load(Acquire);
        let line = (0..shown).find(|&line| self.flights[line].load(Relaxed) == flight)?;
        Some(self.gates[line].load(Relaxed))
    }
}
