//! A register that gives every name a number, the same to whoever asks: many look, few are new.

use super::rt::sync::RwLock;

/// The names in the order of their numbers: 0, 1, 2 and so on.
pub struct Register {
    names: RwLock<Vec<u64>>,
}

// Who writes each field -> who only reads it: `racelab explain fields`.
racelab::fields!(Register { names: asker | rival });

impl Register {
    pub fn new() -> Register {
        Register { names: RwLock::new(Vec::new()) }
    }

    /// The number of a name, which gets the next one if it has none yet.
    // TODO: a name must have one number, and keep it; no two names may share one; and nobody may
    // wait for ever. You may change anything but the signatures.
    pub fn number(&self, name: u64) -> usize {
        let found = position(&self.names.read().unwrap(), name);
        if let Some(number) = found {
            return number;
        }
        let mut names = self.names.write().unwrap();
        names.push(name);
        names.len() - 1
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.names.read().unwrap().len()
    }
}

fn position(names: &[u64], name: u64) -> Option<usize> {
    names.iter().position(|&known| known == name)
}
