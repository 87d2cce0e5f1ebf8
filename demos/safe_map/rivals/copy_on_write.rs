//! Copy on write: readers share a map that never changes, and each write replaces it by a copy.

mod epochs;
mod guarded;
mod kept;
#[path = "../lock/thread_number.rs"]
mod thread_number;

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use super::rt::sync::Arc;
use epochs::SLOTS;
use guarded::Guarded;

/// A map that is replaced as a whole.
///
/// A reader takes no lock: it finds the map by one atomic load, and writes to a place of its own only,
/// to say that it reads. A write clones the whole map and waits for the readers of the old one: its
/// cost grows with the size, and writers wait for each other. The `Hash`, `Eq` and `Clone` of your
/// types run while the map is read and must not write to it.
pub struct CopyOnWrite<K, V, S = RandomState> {
    current: Guarded<Arc<HashMap<K, V, S>>>,
}

racelab::fields!(CopyOnWrite<K, V, S> { current: any_thread });

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
        Self::with_slots_and_hasher(SLOTS, hasher)
    }

    /// The same, with so many places for readers, rounded up to a power of two: two threads that share
    /// one are slow, and not wrong.
    pub fn with_slots_and_hasher(slots: usize, hasher: S) -> Self {
        let empty = Arc::new(HashMap::with_hasher(hasher));
        CopyOnWrite { current: Guarded::new(empty, slots.next_power_of_two()) }
    }

    /// All keys and values as they are at one moment. They stay so, and stay in memory, for as long
    /// as the snapshot is held. It is counted: who only looks something up shares no count.
    #[track_caller]
    pub fn snapshot(&self) -> Arc<HashMap<K, V, S>> {
        self.current.read(Arc::clone)
    }

    /// The number of keys, exact at one moment.
    pub fn len(&self) -> usize {
        self.current.read(|map| map.len())
    }

    /// Calls `see` with each key and value as they are at one moment. It may write to the map.
    pub fn for_each(&self, mut see: impl FnMut(&K, &V)) {
        self.snapshot().iter().for_each(|(key, value)| see(key, value));
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
        self.current.read(|map| map.get(key).cloned())
    }

    /// Takes `key` out of the map and returns a clone of its value.
    pub fn remove(&self, key: &K) -> Option<V> {
        self.change(|map| map.remove(key))
    }

    fn change<R>(&self, change: impl FnOnce(&mut HashMap<K, V, S>) -> R) -> R {
        let (previous, result) = self.current.replace(|map| {
            let mut next = HashMap::clone(map);
            let result = change(&mut next);
            (Arc::new(next), result)
        });
        // If nobody has a snapshot of it, a whole map is dropped here, and no lock is held.
        drop(previous);
        result
    }
}
