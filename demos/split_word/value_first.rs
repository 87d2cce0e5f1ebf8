//! An entry of a map with its value in front: the field with the strictest alignment comes first.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// 72 bytes, at a multiple of eight.
#[repr(C)]
pub struct Entry {
    value: AtomicU64,
    key: [u8; 60],
}

racelab::fields!(Entry { value: writer -> reader, key: nobody });

impl Entry {
    pub fn new(value: u64) -> Entry {
        Entry { value: AtomicU64::new(value), key: [0; 60] }
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
