//! A board of departures: one thread adds a line, others look up the gate of a flight.

use super::rt::sync::atomic::Ordering::Relaxed;
use super::rt::sync::atomic::{AtomicBool, AtomicU32};

/// Four lines, used from the top.
pub struct Board {
    lines: [Line; 4],
}

/// A line of the board: dark until it is lit.
pub struct Line {
    lit: AtomicBool,
    flight: AtomicU32,
    gate: AtomicU32,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Board { lines: clerk -> traveller });
racelab::fields!(Line { lit: clerk -> traveller, flight: clerk -> traveller, gate: clerk -> traveller });

impl Board {
    pub fn new() -> Board {
        Board { lines: std::array::from_fn(|_| Line::dark()) }
    }

    /// Shows a flight that is not on the board yet. One thread does this.
    // TODO: a flight that `gate` finds must be one that was shown, with the gate it was shown with,
    // and a traveller must not wait for the clerk. You may change anything but the signatures.
    pub fn show(&self, flight: u32, gate: u32) {
        let free = self.lines.iter().find(|line| !line.lit.load(Relaxed));
        let line = free.expect("a board that has room");
        line.lit.store(true, Relaxed);
        line.flight.store(flight, Relaxed);
        line.gate.store(gate, Relaxed);
    }

    /// The gate of a flight, if the board shows it.
    pub fn gate(&self, flight: u32) -> Option<u32> {
        let mut lit = self.lines.iter().take_while(|line| line.lit.load(Relaxed));
        let line = lit.find(|line| line.flight.load(Relaxed) == flight)?;
        Some(line.gate.load(Relaxed))
    }
}

impl Line {
    fn dark() -> Line {
        Line { lit: AtomicBool::new(false), flight: AtomicU32::new(0), gate: AtomicU32::new(0) }
    }
}
