//! A hasher for models: of two shards, even keys go to the first and odd keys to the second.

use std::hash::{BuildHasher, Hasher};

/// Hashes `u64` keys only, always in the same way.
#[derive(Clone, Copy, Debug, Default)]
pub struct Steered(u64);

impl BuildHasher for Steered {
    type Hasher = Steered;

    fn build_hasher(&self) -> Steered {
        Steered(0)
    }
}

impl Hasher for Steered {
    fn write(&mut self, bytes: &[u8]) {
        // A model's keys are u64, which come below; anything else is as good as its bytes.
        bytes.iter().for_each(|byte| self.0 = self.0 << 8 | *byte as u64);
    }

    fn write_u64(&mut self, key: u64) {
        // SafeMap picks one of two shards by bit 41.
        self.0 = key << 41 | key;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
