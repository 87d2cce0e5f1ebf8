//! The published maps, each as it comes and at its best setting, all with std's hasher.

use std::hash::RandomState;

use dashmap::DashMap;
use papaya::HashMap as Papaya;
use scc::hash_index::Entry;
use scc::{HashIndex, HashMap as Scc};

use super::{FINE, Map, Operations};
use crate::keys::{Key, Value};

impl<K: Key, V: Value> Operations<K, V> for DashMap<K, V, RandomState> {
    #[inline]
    fn get(&self, key: &K) -> Option<V> {
        DashMap::get(self, key).map(|found| found.clone())
    }

    #[inline]
    fn put(&self, key: K, value: V) {
        self.insert(key, value);
    }

    #[inline]
    fn take(&self, key: &K) {
        self.remove(key);
    }
}

impl<K: Key, V: Value> Map<K, V> for DashMap<K, V, RandomState> {
    type Held<'m> = &'m Self;

    fn empty() -> Self {
        DashMap::with_hasher(RandomState::new())
    }

    fn hold(&self) -> &Self {
        self
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn scan(&self) -> u64 {
        self.iter().fold(0, |sum, entry| sum.wrapping_add(entry.value().word()))
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        // The entry alone would lock out the readers of a key that is there.
        match DashMap::get(self, key) {
            Some(found) => found.clone(),
            None => self.entry(key.clone()).or_insert_with(compute).clone(),
        }
    }

    fn room(&self) -> Option<usize> {
        Some(self.capacity())
    }
}

/// dashmap with many shards: less waiting, more memory.
pub(super) struct DashmapFine<K, V>(DashMap<K, V, RandomState>);

impl<K: Key, V: Value> Map<K, V> for DashmapFine<K, V> {
    type Held<'m> = &'m DashMap<K, V, RandomState>;

    fn empty() -> Self {
        DashmapFine(DashMap::with_hasher_and_shard_amount(RandomState::new(), FINE))
    }

    fn hold(&self) -> Self::Held<'_> {
        &self.0
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn scan(&self) -> u64 {
        self.0.scan()
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        self.0.get_or_compute(key, compute)
    }

    fn room(&self) -> Option<usize> {
        Some(self.0.capacity())
    }
}

impl<K: Key, V: Value> Operations<K, V> for Papaya<K, V, RandomState> {
    #[inline]
    fn get(&self, key: &K) -> Option<V> {
        self.pin().get(key).cloned()
    }

    #[inline]
    fn put(&self, key: K, value: V) {
        self.pin().insert(key, value);
    }

    #[inline]
    fn take(&self, key: &K) {
        self.pin().remove(key);
    }
}

impl<K: Key, V: Value> Map<K, V> for Papaya<K, V, RandomState> {
    type Held<'m> = &'m Self;

    fn empty() -> Self {
        Papaya::with_hasher(RandomState::new())
    }

    fn hold(&self) -> &Self {
        self
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn scan(&self) -> u64 {
        self.pin().values().fold(0, |sum, value| sum.wrapping_add(value.word()))
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        let map = self.pin();
        match map.get(key) {
            Some(value) => value.clone(),
            None => map.get_or_insert_with(key.clone(), compute).clone(),
        }
    }
}

/// papaya with a guard that is held for many operations.
pub(super) struct PapayaHeld<K, V>(Papaya<K, V, RandomState>);

/// papaya's guard, with the map that it belongs to.
pub(super) struct Pinned<'m, K, V>(
    papaya::HashMapRef<'m, K, V, RandomState, papaya::LocalGuard<'m>>,
);

impl<K: Key, V: Value> Operations<K, V> for Pinned<'_, K, V> {
    #[inline]
    fn get(&self, key: &K) -> Option<V> {
        self.0.get(key).cloned()
    }

    #[inline]
    fn put(&self, key: K, value: V) {
        self.0.insert(key, value);
    }

    #[inline]
    fn take(&self, key: &K) {
        self.0.remove(key);
    }
}

impl<K: Key, V: Value> Map<K, V> for PapayaHeld<K, V> {
    type Held<'m> = Pinned<'m, K, V>;

    fn empty() -> Self {
        PapayaHeld(Map::empty())
    }

    fn hold(&self) -> Pinned<'_, K, V> {
        Pinned(self.0.pin())
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn scan(&self) -> u64 {
        self.0.scan()
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        self.0.get_or_compute(key, compute)
    }
}

impl<K: Key, V: Value> Operations<K, V> for Scc<K, V, RandomState> {
    #[inline]
    fn get(&self, key: &K) -> Option<V> {
        self.read_sync(key, |_, value| value.clone())
    }

    #[inline]
    fn put(&self, key: K, value: V) {
        self.upsert_sync(key, value);
    }

    #[inline]
    fn take(&self, key: &K) {
        self.remove_sync(key);
    }
}

impl<K: Key, V: Value> Map<K, V> for Scc<K, V, RandomState> {
    type Held<'m> = &'m Self;

    fn empty() -> Self {
        Scc::with_hasher(RandomState::new())
    }

    fn hold(&self) -> &Self {
        self
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn scan(&self) -> u64 {
        let mut sum = 0u64;
        self.iter_sync(|_, value| {
            sum = sum.wrapping_add(value.word());
            true
        });
        sum
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        match self.get(key) {
            Some(value) => value,
            None => self.entry_sync(key.clone()).or_insert_with(compute).clone(),
        }
    }

    fn room(&self) -> Option<usize> {
        Some(self.capacity())
    }
}

impl<K: Key, V: Value> Operations<K, V> for HashIndex<K, V, RandomState> {
    #[inline]
    fn get(&self, key: &K) -> Option<V> {
        self.peek_with(key, |_, value| value.clone())
    }

    #[inline]
    fn put(&self, key: K, value: V) {
        match self.entry_sync(key) {
            Entry::Occupied(mut entry) => entry.update(value),
            Entry::Vacant(entry) => {
                entry.insert_entry(value);
            }
        }
    }

    #[inline]
    fn take(&self, key: &K) {
        self.remove_sync(key);
    }
}

impl<K: Key, V: Value> Map<K, V> for HashIndex<K, V, RandomState> {
    type Held<'m> = &'m Self;

    fn empty() -> Self {
        HashIndex::with_hasher(RandomState::new())
    }

    fn hold(&self) -> &Self {
        self
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn scan(&self) -> u64 {
        let mut sum = 0u64;
        self.iter_sync(|_, value| {
            sum = sum.wrapping_add(value.word());
            true
        });
        sum
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        match self.get(key) {
            Some(value) => value,
            None => self.entry_sync(key.clone()).or_insert_with(compute).get().clone(),
        }
    }

    fn room(&self) -> Option<usize> {
        Some(self.capacity())
    }
}
