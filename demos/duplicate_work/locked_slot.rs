//! A cache with a lock for each slot, held while its value is computed.

use super::rt::sync::Mutex;

/// A slot for each of the keys 0 to 7.
pub struct Cache {
    slots: [Slot; 8],
}

/// The result for a key.
pub struct Slot {
    value: Mutex<Option<u64>>,
}

racelab::fields!(Cache { slots: caller | other });
racelab::fields!(Slot { value: caller | other });

impl Cache {
    pub fn new() -> Cache {
        Cache { slots: std::array::from_fn(|_| Slot { value: Mutex::new(None) }) }
    }

    /// The result for a key, computed if it is not there; `None` if computing it failed.
    pub fn get_or_compute(&self, key: u64, compute: impl FnOnce() -> Option<u64>) -> Option<u64> {
        // Whoever finds it poisoned finds no value: the work has panicked, and is done again.
        let mut value = self.slots[key as usize].value.lock().unwrap_or_else(|p| p.into_inner());
        if value.is_none() {
            *value = compute();
        }
        *value
    }
}
