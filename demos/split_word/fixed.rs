//! An entry of a map: a key of 60 bytes, a gap of four, and its value at a multiple of eight.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// 72 bytes, at a multiple of eight.
#[repr(C)]
pub struct Entry {
    key: [u8; 60],
    value: AtomicU64,
}

racelab::fields!(Entry { key: nobody, value: writer -> reader });

impl Entry {
    pub fn new(value: u64) -> Entry {
        Entry { key: [0; 60], value: AtomicU64::new(value) }
    }

    /// Replaces the value.
    pub fn set(&self, value: u64) {
        self.value.store(value, Relaxed);
    }

    /// The value.
    pub fn get(&self) -> u64 {
        self.value.load(Relaxed)
    }
}
