//! Copy on write: readers share a map that never changes, and each write replaces it by a copy.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use super::rt::sync::{Arc, Mutex, RwLock};

/// A map that is replaced as a whole.
///
/// A reader holds the lock only as long as it takes to copy a pointer, and what it has then is a
/// snapshot of one moment that nobody changes. A write clones the whole map: its cost grows with
/// the size, and writers wait for each other.
pub struct CopyOnWrite<K, V, S = RandomState> {
    current: RwLock<Arc<HashMap<K, V, S>>>,
    /// Held from the copy to the replacement, or of two writers one would lose its work.
    writing: Mutex<()>,
}

racelab::fields!(CopyOnWrite<K, V, S> { current: any_thread, writing: any_thread });

impl<K, V> CopyOnWrite<K, V> {
    /// An empty map.
    pub fn new() -> Self {
        Self::with_hasher(RandomState::new())
    }
}

impl<K, V> Default for CopyOnWrite<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V, S> CopyOnWrite<K, V, S> {
    /// An empty map that hashes with `hasher`.
    pub fn with_hasher(hasher: S) -> Self {
        let current = RwLock::new(Arc::new(HashMap::with_hasher(hasher)));
        CopyOnWrite { current, writing: Mutex::new(()) }
    }

    /// All keys and values as they are at one moment. They stay so, and stay in memory, for as long
    /// as the snapshot is held.
    #[track_caller]
    pub fn snapshot(&self) -> Arc<HashMap<K, V, S>> {
        self.current.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    /// The number of keys, exact at one moment.
    pub fn len(&self) -> usize {
        self.snapshot().len()
    }

    /// Whether there is no key, at one moment.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K: Hash + Eq + Clone, V: Clone, S: BuildHasher + Clone> CopyOnWrite<K, V, S> {
    /// Stores `value` under `key` and returns a clone of the value it takes the place of.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        self.change(|map| map.insert(key, value))
    }

    /// Stores all of these, with one copy for all: at one moment.
    pub fn insert_all(&self, entries: impl IntoIterator<Item = (K, V)>) {
        self.change(|map| map.extend(entries));
    }

    /// A clone of the value of `key`, made without a lock.
    pub fn get(&self, key: &K) -> Option<V> {
        self.snapshot().get(key).cloned()
    }

    /// Takes `key` out of the map and returns a clone of its value.
    pub fn remove(&self, key: &K) -> Option<V> {
        self.change(|map| map.remove(key))
    }

    fn change<R>(&self, change: impl FnOnce(&mut HashMap<K, V, S>) -> R) -> R {
        let writing = self.writing.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut next = HashMap::clone(&self.snapshot());
        let result = change(&mut next);
        let next = Arc::new(next);
        let mut current = self.current.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        let previous = std::mem::replace(&mut *current, next);
        drop(current);
        drop(writing);
        // If no reader has it any more, a whole map is dropped here, and no lock is held.
        drop(previous);
        result
    }
}
