//! A register that looks again once nobody else can add a name.

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
        let found = position(&self.names.read().unwrap(), name);
        if let Some(number) = found {
            return number;
        }
        let mut names = self.names.write().unwrap();
        // Another may have added it since the look.
        position(&names, name).unwrap_or_else(|| {
            names.push(name);
            names.len() - 1
        })
    }

    /// How many names there are.
    pub fn count(&self) -> usize {
        self.names.read().unwrap().len()
    }
}

fn position(names: &[u64], name: u64) -> Option<usize> {
    names.iter().position(|&known| known == name)
}
