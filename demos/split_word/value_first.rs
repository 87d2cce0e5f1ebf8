//! An entry of a map with its value in front: the field with the strictest alignment comes first.

use super::rt::sync::atomic::AtomicU64;
use super::rt::sync::atomic::Ordering::Relaxed;

/// 80 bytes, at a multiple of eight: no gap at all.
#[repr(C)]
pub struct Entry {
    value: AtomicU64,
    key: [u8; 60],
    origin: [u8; 12],
}

racelab::fields!(Entry { value: writer -> reader, key: nobody, origin: nobody });

impl Entry {
    pub fn new(value: u64) -> Entry {
        Entry { value: AtomicU64::new(value), key: [0; 60], origin: [0; 12] }
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
