//! Room for one more entry: a table grows, or its shard is cut into parts in the place of that.

use std::hash::{BuildHasher, Hash};

use super::reach::Writing;
use super::shard::Shard;
use super::table::Table;
use super::{Observer, SafeMap, shard_count};

impl<K: Hash + Eq, V, S: BuildHasher, O: Observer> SafeMap<K, V, S, O> {
    /// The table of a hash, locked for writing, with room for one more entry.
    #[inline]
    #[track_caller]
    pub(super) fn roomy(&self, hash: u64) -> Writing<'_, K, V> {
        loop {
            let table = self.write(hash);
            if !table.is_full() {
                return table;
            }
            if let Some(table) = self.make_room(hash, table) {
                return table;
            }
        }
    }

    /// Makes room in a full table; `None` if the shard was cut, and the hash belongs to another table
    /// now.
    ///
    /// A part is not cut again: it grows.
    #[cold]
    fn make_room<'m>(
        &'m self,
        hash: u64,
        mut table: Writing<'m, K, V>,
    ) -> Option<Writing<'m, K, V>> {
        let first = &self.shards[shard_count::index(hash, self.shards.len())];
        // While a shard that is not cut is locked it stays so: then this table is its own.
        let grows = first.is_cut()
            || self.cutting.parts == 1
            || table.entries.len() < self.cutting.keys as usize;
        if grows {
            table.grow(|key| self.hash(key));
            self.shard(hash).moved(&table);
            return Some(table);
        }
        self.cut(hash, first, &mut table);
        None
    }

    /// Moves what the shard of a hash has to parts of it. If a hash panics, nothing has changed.
    fn cut(&self, hash: u64, shard: &Shard<K, V>, table: &mut Table<K, V>) {
        let (shards, parts) = (self.shards.len(), self.cutting.parts as usize);
        let part_of = |hash| shard_count::part(hash, shards, parts);
        let tables = table.cut(parts, part_of, |key| self.hash(key));
        // The shards of the map are numbered from 1, and the parts behind them.
        let number = 1 + shard_count::index(hash, shards);
        let numbers = (1..).map(|part| (number + part * shards) as u32);
        let parts = numbers.zip(tables).map(|(number, table)| Shard::new(number, table));
        shard.cut_into(parts.collect());
    }
}
