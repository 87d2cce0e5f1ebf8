//! One lock around one hash map: the plain way, and the measure of every other.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use super::rt::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

/// A `HashMap` behind one readers-writer lock.
///
/// Readers run beside each other but all count themselves in and out on one word, so they pass its
/// cache line around; a writer stops everybody. Each call takes effect at one moment.
pub struct OneLock<K, V, S = RandomState> {
    map: RwLock<HashMap<K, V, S>>,
}

racelab::fields!(OneLock<K, V, S> { map: any_thread });

impl<K, V> OneLock<K, V> {
    /// An empty map.
    pub fn new() -> Self {
        Self::with_hasher(RandomState::new())
    }
}

impl<K, V> Default for OneLock<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V, S> OneLock<K, V, S> {
    /// An empty map that hashes with `hasher`.
    pub fn with_hasher(hasher: S) -> Self {
        OneLock { map: RwLock::new(HashMap::with_hasher(hasher)) }
    }

    /// The number of keys, exact at one moment.
    pub fn len(&self) -> usize {
        self.read().len()
    }

    /// Whether there is no key, at one moment.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Calls `see` with each key and value, under the lock: at one moment.
    pub fn for_each(&self, mut see: impl FnMut(&K, &V)) {
        self.read().iter().for_each(|(key, value)| see(key, value));
    }

    /// Clones of all keys and values as they are at one moment.
    pub fn snapshot(&self) -> Vec<(K, V)>
    where
        K: Clone,
        V: Clone,
    {
        self.read().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    // A `HashMap` is whole even after a comparison or a hash panicked, so poison says nothing.
    #[track_caller]
    fn read(&self) -> RwLockReadGuard<'_, HashMap<K, V, S>> {
        self.map.read().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    #[track_caller]
    fn write(&self) -> RwLockWriteGuard<'_, HashMap<K, V, S>> {
        self.map.write().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

impl<K: Hash + Eq, V, S: BuildHasher> OneLock<K, V, S> {
    /// Stores `value` under `key` and returns the value it takes the place of.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.write().insert(key, value)
    }

    /// A clone of the value of `key`, made under the lock.
    pub fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        self.read().get(key).cloned()
    }

    /// Takes `key` out of the map and returns its value.
    pub fn remove(&self, key: &K) -> Option<V> {
        self.write().remove(key)
    }
}
