//! How a SafeMap is made: how many shards, which hasher, and who is told.

use std::hash::RandomState;

use super::super::lock::{Lobby, Tuning};
use super::hash_table::HashTable;
use super::shard::Shard;
use super::shard_count::Cutting;
use super::table::Table;
use super::{Observer, SafeMap, shard_count};

impl<K, V> SafeMap<K, V> {
    /// An empty map with sixteen shards for each CPU this process may use (eight where cache lines
    /// have 128 bytes), rounded up to a power of two: a kilobyte for each CPU. They become more as it
    /// fills, up to 256 for each CPU.
    pub fn new() -> Self {
        Self::with_hasher(RandomState::new())
    }

    /// An empty map for about so many keys: it does not grow before there are more, and has the more
    /// shards the more keys and CPUs there are.
    ///
    /// One for 64 keys, so that a small map stays small; and in more than 256 for each CPU two threads
    /// seldom meet.
    pub fn with_capacity(keys: usize) -> Self {
        let map = Self::growing(shard_count::for_keys(keys), RandomState::new());
        map.reserve_empty(keys);
        map
    }

    /// An empty map with `shards` shards, rounded up to a power of two: at least 1, at most 65,536.
    /// They stay as many.
    ///
    /// More shards let more threads write at once and cost memory: a cache line each before the
    /// first entry.
    pub fn with_shards(shards: usize) -> Self {
        Self::with_shards_and_hasher(shards, RandomState::new())
    }
}

impl<K, V, S> SafeMap<K, V, S> {
    /// An empty map as of [`new`](SafeMap::new), that hashes with `hasher`: see
    /// [`with_shards_and_hasher`](SafeMap::with_shards_and_hasher).
    pub fn with_hasher(hasher: S) -> Self {
        Self::growing(shard_count::for_this_machine(), hasher)
    }

    /// Begins with so many shards, of which there may be more later.
    fn growing(shards: usize, hasher: S) -> Self {
        let cutting = shard_count::cutting(shards);
        SafeMap { cutting, ..Self::with_shards_and_hasher(shards, hasher) }
    }

    /// An empty map that hashes with `hasher`; `shards` as in
    /// [`with_shards`](SafeMap::with_shards).
    ///
    /// The hash should be good in all its 64 bits: the shard is picked by high bits, the place in
    /// its table by low ones.
    pub fn with_shards_and_hasher(shards: usize, hasher: S) -> Self {
        let numbers = 1..=shard_count::rounded(shards) as u32;
        let shards = numbers.map(|number| Shard::new(number, Table::default())).collect();
        let slots = u16::try_from(2 * shard_count::cpus()).unwrap_or(u16::MAX);
        let lobby = Lobby::new(Tuning { slots, spins: 100, looks: 1 });
        let cutting = Cutting { keys: 0, parts: 1 };
        SafeMap { shards, hasher, lobby, cutting, observer: () }
    }

    /// The same map, each of whose shards is cut into so many parts when its table is full with at
    /// least so many keys. A part is not cut again: it grows.
    ///
    /// `parts` is rounded up to a power of two, and down to what comes to 65,536 in all; 1 is never.
    pub fn cut_at(self, keys: usize, parts: usize) -> Self {
        let most = shard_count::rounded(usize::MAX) / self.shards.len();
        let parts = shard_count::rounded(parts).min(most) as u32;
        let keys = u32::try_from(keys).unwrap_or(u32::MAX);
        SafeMap { cutting: Cutting { keys, parts }, ..self }
    }

    /// The same map, of which `observer` is told: [`Counters`], or a type of yours.
    ///
    /// ```
    /// use racelab_safe_map::{Counters, SafeMap};
    ///
    /// let map = SafeMap::new().observed_by(Counters::default());
    /// map.insert("a", 1);
    /// assert_eq!((map.get("a"), map.get("b")), (Some(1), None));
    /// let counts = map.observer().counts();
    /// assert_eq!((counts.hits, counts.misses, counts.inserts), (1, 1, 1));
    /// ```
    pub fn observed_by<O: Observer>(self, observer: O) -> SafeMap<K, V, S, O> {
        let SafeMap { shards, hasher, lobby, cutting, observer: () } = self;
        SafeMap { shards, hasher, lobby, cutting, observer }
    }

    /// Gives each table of an empty map its part of the room for so many keys, and some more: keys
    /// are not spread evenly.
    fn reserve_empty(&self, keys: usize) {
        let mean = keys.div_ceil(self.shards.len());
        // Three standard deviations of a binomial distribution, and a few.
        let most = mean + 3 * mean.isqrt() + 3;
        for shard in &self.shards {
            let mut table = shard.write(&self.lobby, &self.observer);
            table.entries = HashTable::with_capacity(most);
            shard.moved(&table);
        }
    }
}
