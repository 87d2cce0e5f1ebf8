//! A register that takes the next number from the look, and the place from the write.

use super::rt::sync::RwLock;

/// The names in the order of their numbers: 0, 1, 2 and so on.
pub struct Register {
    names: RwLock<Vec<u64>>,
}

racelab::fields!(Register { names: asker | rival });

impl Register {
    pub fn new() -> Register {
        Register { names: RwLock::new(Vec::new()) }
    }

    /// The number of a name, which gets the next one if it has none yet.
    pub fn number(&self, name: u64) -> usize {
        let (found, next) = {
            let names = self.names.read().unwrap();
            (position(&names, name), names.len())
        };
        if let Some(number) = found {
            return number;
        }
        let mut names = self.names.write().unwrap();
        if position(&names, name).is_none() {
            names.push(name);
        }
        next
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.names.read().unwrap().len()
    }
}

fn position(names: &[u64], name: u64) -> Option<usize> {
    names.iter().position(|&known| known == name)
}
