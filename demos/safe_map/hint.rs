//! Where a shard's entries lie, for those who have not locked it yet.

use std::sync::atomic::AtomicU32;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

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
        self.address.store(table.address(), Relaxed);
        self.mask.store(table.mask(), Relaxed);
    }

    /// Asks for the bucket of a hash, in a table of entries of this type.
    #[inline]
    pub(super) fn prefetch<T>(&self, hash: u64) {
        HashTable::<T>::prefetch(self.address.load(Relaxed), self.mask.load(Relaxed), hash);
    }
}
