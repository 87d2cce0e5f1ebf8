//! A board of words: flight and gate of a line are stored at once, and nothing else is needed.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// Four lines, used from the top: the flight in the upper half, the gate in the lower.
pub struct Board {
    lines: [AtomicU64; 4],
    /// How many lines have been used. Only the clerk asks.
    used: AtomicU64,
}

racelab::fields!(Board { lines: clerk -> traveller, used: clerk });

/// No line says so: flight 0 does not exist.
const DARK: u64 = 0;

impl Board {
    pub fn new() -> Board {
        Board { lines: std::array::from_fn(|_| AtomicU64::new(DARK)), used: AtomicU64::new(0) }
    }

    /// Shows a flight that is not on the board yet. One thread does this.
    pub fn show(&self, flight: u32, gate: u32) {
        let line = self.used.load(Relaxed);
        self.lines[line as usize].store(u64::from(flight) << 32 | u64::from(gate), Relaxed);
        self.used.store(line + 1, Relaxed);
    }

    /// The gate of a flight, if the board shows it.
    pub fn gate(&self, flight: u32) -> Option<u32> {
        let lines = self.lines.iter().map(|line| line.load(Relaxed));
        let mut lit = lines.take_while(|&line| line != DARK);
        lit.find(|line| (line >> 32) as u32 == flight).map(|line| line as u32)
    }
}
