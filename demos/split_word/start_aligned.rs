//! An entry of a map that starts on a cache line: its value still lies across the end of it.

use super::rt::unaligned::U64;

/// 128 bytes, from the start of a line: the value begins four bytes before the next one.
#[repr(C, align(64))]
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
