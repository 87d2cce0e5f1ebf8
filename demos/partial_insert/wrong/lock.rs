//! A board with a lock around it: whole lines, but a traveller waits for the clerk.

use super::rt::sync::Mutex;

/// The lines that are lit: flight and gate.
pub struct Board {
    lines: Mutex<Vec<(u32, u32)>>,
}

racelab::fields!(Board { lines: clerk | traveller });

impl Board {
    pub fn new() -> Board {
        Board { lines: Mutex::new(Vec::new()) }
    }

    /// Shows a flight that is not on the board yet. One thread does this.
    pub fn show(&self, flight: u32, gate: u32) {
        self.lines.lock().unwrap().push((flight, gate));
    }

    /// The gate of a flight, if the board shows it.
    pub fn gate(&self, flight: u32) -> Option<u32> {
        let lines = self.lines.lock().unwrap();
        lines.iter().find(|line| line.0 == flight).map(|line| line.1)
    }
}
