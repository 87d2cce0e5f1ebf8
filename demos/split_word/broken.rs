//! An entry of a map, packed: a key of 60 bytes, and its value right behind it.

use super::rt::unaligned::U64;

/// 68 bytes, wherever they come to lie.
#[repr(C)]
pub struct Entry {
    key: [u8; 60],
    value: U64,
}

racelab::fields!(Entry { key: nobody, value: writer -> reader });

impl Entry {
    pub fn new(value: u64) -> Entry {
        Entry { key: [0; 60], value: U64::new(value) }
    }

    /// Replaces the value.
    pub fn set(&self, value: u64) {
        self.value.store(value);
    }

    /// The value.
    pub fn get(&self) -> u64 {
        self.value.load()
    }
}
