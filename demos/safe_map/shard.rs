//! A shard: one table behind one lock, on cache lines that it shares with nobody.

use std::ops::{Deref, DerefMut};

use super::super::rt::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use super::reentry::{Holder, Holders};
use super::table::Table;

/// One shard, as large and as aligned as 128 bytes.
///
/// Taking a lock writes to it, even a readers' lock, so two locks on one cache line would slow each
/// other down: false sharing. 128 and not 64: since Sandy Bridge, Intel's prefetcher pulls lines in
/// pairs, and big ARM cores have lines of 128 bytes (`CachePadded` of crossbeam-utils, which
/// cites Intel's optimisation manual and picks 128 for both).
///
/// A readers-writer lock, for a shard is then open to all its readers at once, also while one of
/// them is busy in a closure.
#[repr(align(128))]
pub(super) struct Shard<K, V> {
    table: RwLock<Table<K, V>>,
    holders: Holders,
}

racelab::fields!(Shard<K, V> { table: any_thread, holders: any_thread });

impl<K, V> Default for Shard<K, V> {
    fn default() -> Self {
        Shard { table: RwLock::new(Table::default()), holders: Holders::default() }
    }
}

impl<K, V> Shard<K, V> {
    /// Locks for reading, beside other readers.
    #[track_caller]
    pub(super) fn read(&self) -> Locked<'_, RwLockReadGuard<'_, Table<K, V>>> {
        self.holders.refuse_reentry();
        let guard = self.table.read().unwrap_or_else(|poisoned| poisoned.into_inner());
        Locked { _holder: self.holders.enter(), guard }
    }

    /// Locks for writing, alone.
    ///
    /// A poisoned lock is taken all the same, here and in `read`: what can panic under it is a
    /// comparison of keys, before anything is changed, and closures, which are caught (see
    /// `change`).
    #[track_caller]
    pub(super) fn write(&self) -> Locked<'_, RwLockWriteGuard<'_, Table<K, V>>> {
        self.holders.refuse_reentry();
        let guard = self.table.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        Locked { _holder: self.holders.enter(), guard }
    }
}

/// The table of a locked shard; dropping it unlocks.
pub(super) struct Locked<'a, G> {
    // Before the guard, so that the thread signs out while it still holds the lock.
    _holder: Holder<'a>,
    guard: G,
}

impl<G: Deref> Deref for Locked<'_, G> {
    type Target = G::Target;

    #[track_caller]
    fn deref(&self) -> &G::Target {
        &self.guard
    }
}

impl<G: DerefMut> DerefMut for Locked<'_, G> {
    #[track_caller]
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.guard
    }
}
