//! Two maps, one to read and one to write: how Go's `sync.Map` worked up to Go 1.23.

mod two_maps_entry;

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};

use super::rt::sync::{Arc, Mutex, MutexGuard, RwLock};
use two_maps_entry::Entry;

/// A map of settled keys that is read without the lock, and a map of all keys behind the lock.
///
/// Both hold the *same* entries, so a settled key can change its value in place. A new key goes
/// into the locked map only; a reader that does not find its key among the settled ones takes the
/// lock and counts a miss, and when the misses have cost as much as a copy would, the locked map
/// becomes the settled one. Good for keys that are written once and read often, or for threads that
/// keep to keys of their own; new keys are dear: the first one after a promotion copies the whole
/// map. Keys may be dropped under the lock here.
///
/// So Go describes it (pkg.go.dev/sync#Map, and the source up to 1.23); since 1.24 `sync.Map` is a
/// hash trie (golang/go#70683). Two differences: Go swaps the settled map by an atomic pointer and
/// its garbage collector frees the old one, where here a readers' lock guards the pointer and each
/// look-up counts itself on the map, so what a look-up costs here says nothing of Go; and Go deletes
/// a key that is only in the locked map, where here its entry stays, without a value.
pub struct TwoMaps<K, V, S = RandomState> {
    settled: RwLock<Settled<K, V, S>>,
    locked: Mutex<Locked<K, V, S>>,
}

racelab::fields!(TwoMaps<K, V, S> { settled: any_thread, locked: any_thread });

type Entries<K, V, S> = HashMap<K, Arc<Entry<V>>, S>;

struct Settled<K, V, S> {
    entries: Arc<Entries<K, V, S>>,
    /// The locked map has keys that are not here.
    amended: bool,
}

struct Locked<K, V, S> {
    /// `None` after a promotion, until the next new key.
    entries: Option<Entries<K, V, S>>,
    misses: usize,
}

impl<K, V> TwoMaps<K, V> {
    /// An empty map.
    pub fn new() -> Self {
        Self::with_hasher(RandomState::new())
    }
}

impl<K, V> Default for TwoMaps<K, V> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K, V, S> TwoMaps<K, V, S> {
    /// An empty map that hashes with `hasher`.
    pub fn with_hasher(hasher: S) -> Self {
        let entries = Arc::new(HashMap::with_hasher(hasher));
        TwoMaps {
            settled: RwLock::new(Settled { entries, amended: false }),
            locked: Mutex::new(Locked { entries: None, misses: 0 }),
        }
    }

    #[track_caller]
    fn settled(&self) -> Settled<K, V, S> {
        self.settled.read().unwrap_or_else(|poisoned| poisoned.into_inner()).clone()
    }

    #[track_caller]
    fn locked(&self) -> MutexGuard<'_, Locked<K, V, S>> {
        self.locked.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }

    /// Replaces the settled map. Only whoever holds `locked` may.
    #[track_caller]
    fn settle(&self, settled: Settled<K, V, S>) {
        let mut current = self.settled.write().unwrap_or_else(|poisoned| poisoned.into_inner());
        let previous = std::mem::replace(&mut *current, settled);
        drop(current);
        drop(previous);
    }

    /// Makes the locked map the settled one.
    fn promote(&self, locked: &mut Locked<K, V, S>) {
        if let Some(entries) = locked.entries.take() {
            self.settle(Settled { entries: Arc::new(entries), amended: false });
        }
        locked.misses = 0;
    }

    /// The number of keys: exact while nobody inserts or removes, else a number that may never have
    /// been. Go has no such method; like its `Range`, this promotes first, and then counts.
    pub fn len(&self) -> usize {
        let mut locked = self.locked();
        self.promote(&mut locked);
        drop(locked);
        self.settled().entries.values().filter(|entry| entry.is_present()).count()
    }

    /// Calls `see` with each key and value, in no order: each at another moment. `see` must not call
    /// this map.
    pub fn for_each(&self, mut see: impl FnMut(&K, &V)) {
        let mut locked = self.locked();
        self.promote(&mut locked);
        drop(locked);
        let settled = self.settled();
        settled.entries.iter().for_each(|(key, entry)| entry.with(|value| see(key, value)));
    }

    /// Whether `len` is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K: Hash + Eq + Clone, V, S: BuildHasher + Clone> TwoMaps<K, V, S> {
    /// Stores `value` under `key` and returns the value it takes the place of.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let mut value = value;
        if let Some(entry) = self.settled().entries.get(&key) {
            match entry.replace(value) {
                Ok(old) => return old,
                Err(expunged) => value = expunged,
            }
        }
        let mut locked = self.locked();
        let settled = self.settled();
        if let Some(entry) = settled.entries.get(&key) {
            // An expunged entry is missing in the locked map, which made it so and still exists.
            if entry.revive()
                && let Some(entries) = &mut locked.entries
            {
                entries.insert(key, entry.clone());
            }
            return entry.replace(value).ok().flatten();
        }
        let entries = locked.entries.get_or_insert_with(|| copy(&settled));
        if let Some(entry) = entries.get(&key) {
            return entry.replace(value).ok().flatten();
        }
        entries.insert(key, Arc::new(Entry::new(value)));
        if !settled.amended {
            self.settle(Settled { amended: true, ..settled });
        }
        None
    }

    /// A clone of the value of `key`.
    pub fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        self.entry(key)?.get()
    }

    /// Takes the value of `key` and returns it. The key itself stays in the settled map, empty,
    /// until a promotion leaves it behind.
    pub fn remove(&self, key: &K) -> Option<V> {
        self.entry(key)?.take()
    }

    /// The entry of `key`; a miss that needs the lock may promote the locked map.
    fn entry(&self, key: &K) -> Option<Arc<Entry<V>>> {
        let settled = self.settled();
        if let Some(entry) = settled.entries.get(key) {
            return Some(entry.clone());
        }
        if !settled.amended {
            return None;
        }
        let mut locked = self.locked();
        // Between the look and the lock the key may have been settled.
        if let Some(entry) = self.settled().entries.get(key) {
            return Some(entry.clone());
        }
        let entry = locked.entries.as_ref().and_then(|entries| entries.get(key).cloned());
        locked.misses += 1;
        if locked.entries.as_ref().is_some_and(|entries| locked.misses >= entries.len()) {
            self.promote(&mut locked);
        }
        entry
    }
}

/// The settled keys that still have a value. The others are expunged: they are not in the copy, so
/// whoever stores to one of them must take the lock and put it there.
fn copy<K: Hash + Eq + Clone, V, S: BuildHasher + Clone>(
    settled: &Settled<K, V, S>,
) -> Entries<K, V, S> {
    let mut copy = HashMap::with_hasher(settled.entries.hasher().clone());
    let living = settled.entries.iter().filter(|(_, entry)| !entry.expunge());
    copy.extend(living.map(|(key, entry)| (key.clone(), entry.clone())));
    copy
}

impl<K, V, S> Clone for Settled<K, V, S> {
    fn clone(&self) -> Self {
        Settled { entries: self.entries.clone(), amended: self.amended }
    }
}
