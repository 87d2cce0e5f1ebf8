//! A shard: one table behind one lock, on cache lines that it shares with nobody.

use std::ops::{Deref, DerefMut};

use super::super::lock::{Lobby, Lock, Reader, Writer};
use super::hint::Hint;
use super::observer::Observer;
use super::reentry::{Holder, Holders};
use super::set_once::SetOnce;
use super::table::{Entry, Table};

/// One shard: 64 bytes, on a cache line that is its own.
///
/// Taking a lock writes to it, even for reading, so two locks on one cache line would slow each
/// other down: false sharing. Big ARM cores have lines of 128 bytes. `CachePadded` of
/// crossbeam-utils takes 128 on x86-64 as well, where a prefetcher pulls lines in pairs; here that
/// was no faster, and half as many shards for the same memory are slower.
#[cfg_attr(not(target_arch = "aarch64"), repr(align(64)))]
#[cfg_attr(target_arch = "aarch64", repr(align(128)))]
pub(super) struct Shard<K, V> {
    table: Lock<Table<K, V>>,
    parts: SetOnce<Box<[Shard<K, V>]>>,
    holders: Holders,
    hint: Hint,
}

racelab::fields!(Shard<K, V> {
    table: any_thread, parts: any_thread, holders: any_thread, hint: any_thread
});

impl<K, V> Shard<K, V> {
    /// With what is in this table. `number` is above 0, and another for each shard of a map.
    pub(super) fn new(number: u32, table: Table<K, V>) -> Self {
        let hint = Hint::to(&table.entries);
        let (table, parts) = (Lock::new(number, table), SetOnce::empty());
        Shard { table, parts, holders: Holders::default(), hint }
    }

    /// The shards that it was cut into. It has no entries then, and will have none.
    #[inline]
    pub(super) fn parts(&self) -> Option<&[Shard<K, V>]> {
        self.parts.get().map(|parts| &**parts)
    }

    /// Whether its entries are in parts. It stays as it is while the table is locked.
    #[inline]
    pub(super) fn is_cut(&self) -> bool {
        self.parts.get().is_some()
    }

    /// Cuts it into these. To be called by whoever holds its table for writing, and has moved all of
    /// it there.
    pub(super) fn cut_into(&self, parts: Box<[Shard<K, V>]>) {
        self.parts.set(parts);
    }

    /// Has where the entry of a hash may lie fetched from memory, while the lock is taken.
    #[inline(always)]
    pub(super) fn prefetch(&self, hash: u64) {
        self.hint.prefetch::<Entry<K, V>>(hash);
    }

    /// Notes where the entries of its table lie by now. To be called by whoever holds it for writing.
    pub(super) fn moved(&self, table: &Table<K, V>) {
        self.hint.tell(&table.entries);
    }

    /// Locks for a look that is over in no time.
    #[inline(always)]
    #[track_caller]
    pub(super) fn look<'a>(
        &'a self,
        lobby: &'a Lobby,
        observer: &impl Observer,
    ) -> Locked<'a, Reader<'a, Table<K, V>>> {
        self.holders.refuse_reentry();
        let guard = self.table.look_telling(lobby, || observer.contended());
        Locked { _holder: self.holders.enter(), guard }
    }

    /// Locks for reading, beside other readers.
    #[inline]
    #[track_caller]
    pub(super) fn read<'a>(
        &'a self,
        lobby: &'a Lobby,
        observer: &impl Observer,
    ) -> Locked<'a, Reader<'a, Table<K, V>>> {
        self.holders.refuse_reentry();
        let guard = self.table.read_telling(lobby, || observer.contended());
        Locked { _holder: self.holders.enter(), guard }
    }

    /// Locks for writing, alone.
    #[inline]
    #[track_caller]
    pub(super) fn write<'a>(
        &'a self,
        lobby: &'a Lobby,
        observer: &impl Observer,
    ) -> Locked<'a, Writer<'a, Table<K, V>>> {
        self.holders.refuse_reentry();
        let guard = self.table.write_telling(lobby, || observer.contended());
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

    #[inline]
    fn deref(&self) -> &G::Target {
        &self.guard
    }
}

impl<G: DerefMut> DerefMut for Locked<'_, G> {
    #[inline]
    fn deref_mut(&mut self) -> &mut G::Target {
        &mut self.guard
    }
}
