//! How a SafeMap is made: how many shards, which hasher, and who is told.

use std::hash::RandomState;

use super::super::lock::{Lobby, Tuning};
use super::shard::Shard;
use super::{Observer, SafeMap, shard_count};

impl<K, V> SafeMap<K, V> {
    /// An empty map with sixteen shards for each CPU this process may use (eight where cache lines
    /// have 128 bytes), rounded up to a power of two: a kilobyte for each CPU.
    pub fn new() -> Self {
        Self::with_shards(shard_count::for_this_machine())
    }

    /// An empty map for about so many keys: it does not grow before there are more, and has the more
    /// shards the more keys and CPUs there are.
    ///
    /// One for 64 keys, so that a small map stays small; and more than 128 for each CPU are seldom
    /// met in by two threads at once.
    pub fn with_capacity(keys: usize) -> Self {
        let map = Self::with_shards(shard_count::for_keys(keys));
        map.reserve_empty(keys);
        map
    }

    /// An empty map with `shards` shards, rounded up to a power of two: at least 1, at most 65,536.
    ///
    /// More shards let more threads write at once and cost memory: a cache line each before the
    /// first entry.
    pub fn with_shards(shards: usize) -> Self {
        Self::with_shards_and_hasher(shards, RandomState::new())
    }
}

impl<K, V, S> SafeMap<K, V, S> {
    /// An empty map that hashes with `hasher`; `shards` as in
    /// [`with_shards`](SafeMap::with_shards).
    ///
    /// The hash should be good in all its 64 bits: the shard is picked by high bits, the place in
    /// its table by low ones.
    pub fn with_shards_and_hasher(shards: usize, hasher: S) -> Self {
        let shards = (1..=shard_count::rounded(shards) as u32).map(Shard::new).collect();
        let tuning = Tuning { slots: 2 * shard_count::cpus() as u32, spins: 100, looks: 8 };
        SafeMap { shards, hasher, lobby: Lobby::new(tuning), observer: () }
    }

    /// The same map, of which `observer` is told: [`Counters`], or a type of yours.
    ///
    /// ```
    /// use racelab_demos::{SafeMap, safe_map::Counters};
    ///
    /// let map = SafeMap::new().observed_by(Counters::default());
    /// map.insert("a", 1);
    /// assert_eq!((map.get("a"), map.get("b")), (Some(1), None));
    /// let counts = map.observer().counts();
    /// assert_eq!((counts.hits, counts.misses, counts.inserts), (1, 1, 1));
    /// ```
    pub fn observed_by<O: Observer>(self, observer: O) -> SafeMap<K, V, S, O> {
        let SafeMap { shards, hasher, lobby, observer: () } = self;
        SafeMap { shards, hasher, lobby, observer }
    }

    /// Gives each table of an empty map its part of the room for so many keys, and some more: keys
    /// are not spread evenly.
    fn reserve_empty(&self, keys: usize) {
        let mean = keys.div_ceil(self.shards.len());
        // Three standard deviations of a binomial distribution, and a few.
        let most = mean + 3 * mean.isqrt() + 3;
        for shard in &self.shards {
            shard.write(&self.lobby, &self.observer).entries.reserve(most, |_| 0);
        }
    }
}
