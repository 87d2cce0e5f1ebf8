//! A register that looks and adds under one lock.

use super::rt::sync::Mutex;

/// The names in the order of their numbers: 0, 1, 2 and so on.
pub struct Register {
    names: Mutex<Vec<u64>>,
}

racelab::fields!(Register { names: asker | rival });

impl Register {
    pub fn new() -> Register {
        Register { names: Mutex::new(Vec::new()) }
    }

    /// The number of a name, which gets the next one if it has none yet.
    pub fn number(&self, name: u64) -> usize {
        let mut names = self.names.lock().unwrap();
        position(&names, name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        })
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.names.lock().unwrap().len()
    }
}

fn position(names: &[u64], name: u64) -> Option<usize> {
    names.iter().position(|&known| known == name)
}
