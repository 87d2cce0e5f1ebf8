//! A notice board with a lock: no shreds are read, but a visitor waits for the caretaker.

use super::rt::sync::Mutex;

/// On a sheet that has been shredded.
pub const SHREDDED: u64 = u64::MAX;

/// The sheet.
pub struct Board {
    sheet: Mutex<u64>,
}

racelab::fields!(Board { sheet: caretaker -> visitor });

impl Board {
    pub fn new(text: u64) -> Board {
        Board { sheet: Mutex::new(text) }
    }

    /// Puts up a new sheet, and shreds the old one. One caretaker does this.
    pub fn post(&self, text: u64) {
        let mut sheet = self.sheet.lock().unwrap();
        *sheet = SHREDDED;
        *sheet = text;
    }

    /// What the sheet says.
    pub fn read(&self) -> u64 {
        *self.sheet.lock().unwrap()
    }

    /// How many sheets are not shredded.
    pub fn sheets(&self) -> usize {
        usize::from(self.read() != SHREDDED)
    }
}
