//! The way from a hash to its table: through the shard, or through a part of it.

use super::super::lock::{Reader, Writer};
use super::shard::{Locked, Shard};
use super::table::Table;
use super::{Observer, SafeMap, shard_count};

/// A table that others may read too.
pub(super) type Looking<'m, K, V> = Locked<'m, Reader<'m, Table<K, V>>>;
/// A table that nobody else has.
pub(super) type Writing<'m, K, V> = Locked<'m, Writer<'m, Table<K, V>>>;

impl<K, V, S, O: Observer> SafeMap<K, V, S, O> {
    /// The table of a hash, for a look that is over in no time.
    #[inline(always)]
    #[track_caller]
    pub(super) fn look(&self, hash: u64) -> Looking<'_, K, V> {
        loop {
            let shard = self.shard(hash);
            shard.prefetch(hash);
            let table = shard.look(&self.lobby, &self.observer);
            // Before it was locked it may have been cut. While it is locked it cannot be.
            if !shard.is_cut() {
                return table;
            }
        }
    }

    /// The table of a hash, to read beside other readers.
    #[inline]
    #[track_caller]
    pub(super) fn read(&self, hash: u64) -> Looking<'_, K, V> {
        loop {
            let shard = self.shard(hash);
            shard.prefetch(hash);
            let table = shard.read(&self.lobby, &self.observer);
            if !shard.is_cut() {
                return table;
            }
        }
    }

    /// The table of a hash, to write alone.
    #[inline(always)]
    #[track_caller]
    pub(super) fn write(&self, hash: u64) -> Writing<'_, K, V> {
        loop {
            let shard = self.shard(hash);
            shard.prefetch(hash);
            let table = shard.write(&self.lobby, &self.observer);
            if !shard.is_cut() {
                return table;
            }
        }
    }

    /// The shard of a hash, or the part of it, as far as it is cut by now.
    #[inline(always)]
    pub(super) fn shard(&self, hash: u64) -> &Shard<K, V> {
        let shards = self.shards.len();
        let shard = &self.shards[shard_count::index(hash, shards)];
        match shard.parts() {
            Some(parts) => &parts[shard_count::part(hash, shards, parts.len())],
            None => shard,
        }
    }
}
