//! Two maps, one to read and one to write: how Go's `sync.Map` worked up to Go 1.23.

mod epochs;
mod kept;
mod retired;
#[path = "../lock/thread_number.rs"]
mod thread_number;
mod two_maps_entry;
mod two_maps_settled;
mod two_maps_steps;

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash, RandomState};
use std::marker::PhantomData;

use super::rt::sync::atomic::AtomicPtr;
use super::rt::sync::{Arc, Mutex};
use epochs::SLOTS;
use kept::Kept;
use retired::Retired;
use two_maps_entry::Entry;
use two_maps_settled::{Entries, Replaced, Settled};

/// A map of settled keys that is read without the lock, and a map of all keys behind the lock.
///
/// Both hold the *same* entries, so a settled key can change its value in place. A new key goes
/// into the locked map only; a reader that does not find its key among the settled ones takes the
/// lock and counts a miss, and when the misses have cost as much as a copy would, the locked map
/// becomes the settled one. Good for keys that are written once and read often, or for threads that
/// keep to keys of their own; new keys are dear: the first one after a promotion copies the whole
/// map.
///
/// A reader of a settled key takes no lock: it finds the map by one atomic load and the value by
/// another, and writes to a place of its own only, to say that it reads. So Go describes it
/// (pkg.go.dev/sync#Map, and the source up to 1.23); since 1.24 `sync.Map` is a hash trie
/// (golang/go#70683). One thing differs: Go leaves what was replaced to its garbage collector, and
/// here it is given back after a grace period. A reader counts itself in and out for that, and a call
/// that has gathered enough waits for the readers that were there, while the others go on. So a value
/// that was replaced or removed lives on for a while, and some thread that calls the map drops it.
///
/// The `Hash`, `Eq` and `Clone` of your types run while this map is read, or under its lock, and must
/// not call it: it may wait for itself. Their `Drop` may, unless it runs because one of these has
/// panicked.
pub struct TwoMaps<K, V, S = RandomState> {
    settled: AtomicPtr<Kept<Settled<K, V, S>>>,
    locked: Mutex<Locked<K, V, S>>,
    retired: Retired<Replaced<K, V, S>>,
    /// Many threads read it, and any of them may be the one to drop it.
    owns: PhantomData<Arc<Settled<K, V, S>>>,
}

racelab::fields!(TwoMaps<K, V, S> {
    settled: any_thread, locked: any_thread, retired: any_thread, owns: nobody
});

struct Locked<K, V, S> {
    /// `None` after a promotion, until the next new key.
    entries: Option<Entries<K, V, S>>,
    misses: usize,
}

/// So many values are kept by a thread that replaces them, before it waits for readers.
const BATCH: usize = 64;

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
        Self::with_slots_batch_and_hasher(SLOTS, BATCH, hasher)
    }

    /// The same, with so many places for threads, rounded up to a power of two: two threads that share
    /// one are slow, and not wrong. In each, about `batch` replaced values are gathered before they are
    /// given back; a settled map counts as many as its keys.
    pub fn with_slots_batch_and_hasher(slots: usize, batch: usize, hasher: S) -> Self {
        let entries = Arc::new(HashMap::with_hasher(hasher));
        let settled = Kept::boxed(Settled { entries, amended: false });
        TwoMaps {
            settled: AtomicPtr::new(Box::into_raw(settled)),
            locked: Mutex::new(Locked { entries: None, misses: 0 }),
            retired: Retired::new(slots.next_power_of_two(), batch),
            owns: PhantomData,
        }
    }

    /// The number of keys: exact while nobody inserts or removes, else a number that may never have
    /// been. Go has no such method; like its `Range`, this promotes first, and then counts.
    pub fn len(&self) -> usize {
        let (mut after, inside) = self.retired.begin();
        let entries = self.all_settled(&inside, &mut after).values();
        entries.filter(|entry| entry.load(&inside).is_some()).count()
    }

    /// Calls `see` with each key and value, in no order: each at another moment. `see` must not call
    /// this map.
    pub fn for_each(&self, mut see: impl FnMut(&K, &V)) {
        let (mut after, inside) = self.retired.begin();
        for (key, entry) in self.all_settled(&inside, &mut after) {
            if let Some(value) = entry.load(&inside) {
                value.read(|value| see(key, value));
            }
        }
    }

    /// Whether `len` is 0.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<K: Hash + Eq + Clone, V, S: BuildHasher + Clone> TwoMaps<K, V, S> {
    /// Stores `value` under `key`: Go's `Store`.
    pub fn store(&self, key: K, value: V) {
        self.swap(key, value, |_| ());
    }

    /// Stores `value` under `key` and returns a clone of the value it takes the place of: Go's `Swap`.
    pub fn insert(&self, key: K, value: V) -> Option<V>
    where
        V: Clone,
    {
        self.swap(key, value, |old| old.cloned())
    }

    /// A clone of the value of `key`.
    #[inline]
    pub fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        let (mut after, inside) = self.retired.begin();
        let look = |entry: &Entry<V>| entry.load(&inside);
        let in_locked = |entries: &mut Entries<K, V, S>| look(entries.get(key)?);
        Some(self.find(&inside, &mut after, key, look, in_locked)?.read(V::clone))
    }

    /// Takes `key` out of the map: Go's `Delete`. A settled key itself stays, empty, until a promotion
    /// leaves it behind.
    pub fn delete(&self, key: &K) {
        self.take(key, |_| ());
    }

    /// The same, and returns a clone of its value: Go's `LoadAndDelete`.
    pub fn remove(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        self.take(key, |old| old.cloned())
    }
}

impl<K, V, S> Drop for TwoMaps<K, V, S> {
    fn drop(&mut self) {
        // Safety: from a box, and whoever drops this has it alone.
        drop(unsafe { Box::from_raw(*self.settled.get_mut()) });
    }
}
