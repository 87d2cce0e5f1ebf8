//! Where a shard's entries lie, for those who have not locked it yet.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicU32, AtomicUsize};

use super::buckets::{Buckets, LINE};
use super::hash_table::HashTable;

/// The address of a table's buckets, and what picks one of them by a hash.
///
/// From it a call asks its processor for the bucket of a hash before it takes the lock, so that
/// fetching the one and taking the other happen at the same time. Nobody believes it: what it leads
/// to is not read, only fetched, and if it is old, or half old, that was in vain.
///
/// It is of std's own types and not the runtime's: it cannot change what any call does, so a model
/// has no use for it.
pub(super) struct Hint {
    address: AtomicUsize,
    mask: AtomicU32,
}

impl Hint {
    /// To this table.
    pub(super) fn to<T>(table: &HashTable<T>) -> Self {
        let hint = Hint { address: AtomicUsize::new(0), mask: AtomicU32::new(0) };
        hint.tell(table);
        hint
    }

    /// From now on it is to this table.
    pub(super) fn tell<T>(&self, table: &HashTable<T>) {
        let (address, mask) = table.address_and_mask();
        self.address.store(address, Relaxed);
        self.mask.store(mask, Relaxed);
    }

    /// Asks for the bucket of a hash, in a table of entries of this type.
    #[inline]
    #[cfg(target_arch = "x86_64")]
    pub(super) fn prefetch<T>(&self, hash: u64) {
        use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
        let bucket = hash as u32 & self.mask.load(Relaxed);
        let offset = bucket as usize * Buckets::<T>::STRIDE;
        let address = self.address.load(Relaxed).wrapping_add(offset) as *const i8;
        // Safety: whatever the address, nothing is read.
        unsafe {
            _mm_prefetch::<_MM_HINT_T0>(address);
            if Buckets::<T>::STRIDE > LINE {
                _mm_prefetch::<_MM_HINT_T0>(address.wrapping_add(LINE));
            }
        }
    }

    /// Other processors have such an instruction too, and stable Rust has none for it.
    #[inline]
    #[cfg(not(target_arch = "x86_64"))]
    pub(super) fn prefetch<T>(&self, _: u64) {
        let _ = (Buckets::<T>::STRIDE, LINE);
    }
}
