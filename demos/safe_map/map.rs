//! SafeMap: a hash map that many threads can share, cut into shards with a lock each.

mod buckets;
mod change;
mod cut;
mod hash_table;
mod hint;
mod made;
mod marks;
mod observer;
mod once;
mod reach;
mod reentry;
mod scan;
mod set_once;
mod shard;
mod shard_count;
mod table;
mod tags;
mod traits;

use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash, RandomState};

use super::lock::Lobby;
use marks::Mark;
pub use observer::{Counters, Counts, Observer};
use shard::Shard;
use shard_count::Cutting;
use table::Entry;

/// A hash map for many threads.
///
/// **How.** A power-of-two number of shards, each a hash table behind a readers-writer lock, each
/// on a cache line of its own. A call hashes its key once, *before* it takes a lock, and locks one
/// shard; the methods that look at the whole map visit the shards one after another. A table that
/// grows hashes its keys once more.
///
/// **Growth.** A map that is made without a number of shards begins with some for each processor, and
/// cuts each into parts when its table is full with a hundred thousand keys: then no growth moves
/// more. A shard that was cut stays so, and each call takes one more step to find a part.
///
/// **Order.** Calls on one key are linearisable: each takes effect at one moment while its shard is
/// locked. Only [`get_or_insert_with`](SafeMap::get_or_insert_with) has two such moments and says
/// so. What the methods that visit every shard promise is written at each of them.
///
/// **Dropping.** No value and no key is ever dropped while a lock is held, so a `Drop` may use the
/// map.
///
/// **Your code under a lock.** The closures of [`with`](SafeMap::with),
/// [`update`](SafeMap::update), [`replace_with`](SafeMap::replace_with),
/// [`for_each`](SafeMap::for_each) and [`retain`](SafeMap::retain), the `Clone`, `Eq` and `Debug` of
/// your types, and `Hash` while a table grows, run while a shard is locked. They must not call this
/// map again: another key may live in the same shard, and the thread would wait for itself. Where a
/// deadlock would follow (or could, for a read inside a read), a debug build panics and says so; a
/// release build does not look and may hang. The closure of `get_or_insert_with` is free of this: it
/// runs without a lock.
///
/// **Panics.** A panic in your code leaves the map usable and every lock open: nothing is poisoned.
/// It never leaves half an update behind: an entry whose `&mut` was in the hands of a closure that
/// panicked is removed, and dropped after the lock is released.
///
/// ```
/// use std::sync::Arc;
///
/// let prints = Arc::new(racelab_safe_map::SafeMap::<String, u64>::new());
/// let threads = [1, 2].map(|_| {
///     let prints = prints.clone();
///     std::thread::spawn(move || {
///         // Only one of the two computes.
///         prints.get_or_insert_with("device".to_string(), || 40);
///         prints.update("device", |print| *print += 1);
///     })
/// });
/// threads.map(|thread| thread.join().unwrap());
/// assert_eq!(prints.get("device"), Some(42));
/// ```
// On cache lines of its own, since every call reads it: who lies beside it may write.
#[cfg_attr(not(target_arch = "aarch64"), repr(align(64)))]
#[cfg_attr(target_arch = "aarch64", repr(align(128)))]
pub struct SafeMap<K, V, S = RandomState, O = ()> {
    shards: Box<[Shard<K, V>]>,
    hasher: S,
    lobby: Lobby,
    cutting: Cutting,
    observer: O,
}

racelab::fields!(SafeMap<K, V, S, O> {
    shards: nobody -> any_thread, hasher: nobody -> any_thread, lobby: any_thread,
    cutting: nobody -> any_thread, observer: any_thread
});

impl<K, V, S, O> SafeMap<K, V, S, O> {
    /// The number of shards: a power of two at first, and more as they are cut into parts.
    pub fn shard_count(&self) -> usize {
        self.shards.iter().map(|shard| shard.parts().map_or(1, <[_]>::len)).sum()
    }

    /// Who is told of its calls.
    pub fn observer(&self) -> &O {
        &self.observer
    }
}

impl<K: Hash + Eq, V, S: BuildHasher, O: Observer> SafeMap<K, V, S, O> {
    /// Stores `value` under `key` and returns the value it takes the place of.
    ///
    /// As in `std`, a key that is already there stays and the one passed in is dropped. A
    /// computation of this key by [`get_or_insert_with`](SafeMap::get_or_insert_with) that is under
    /// way is overruled: what was inserted here stays.
    pub fn insert(&self, key: K, value: V) -> Option<V> {
        let hash = self.hash(&key);
        let mut entry = Some(Entry { key, value });
        let overruled = self.put(hash, &mut entry, true);
        // Only here, with the lock released, may anything be dropped or woken.
        if let Some(mark) = overruled {
            mark.overrule();
        }
        if entry.is_none() {
            self.observer.inserted();
        }
        entry.map(|old| old.value)
    }

    /// Stores `value` under `key` if there is none, or gives it back.
    ///
    /// Of several threads that do this with one missing key exactly one succeeds. A value that is
    /// still being computed by [`get_or_insert_with`](SafeMap::get_or_insert_with) is not there:
    /// the computation is overruled.
    ///
    /// # Errors
    /// `value`, if the key has one already.
    pub fn insert_if_absent(&self, key: K, value: V) -> Result<(), V> {
        let hash = self.hash(&key);
        let mut entry = Some(Entry { key, value });
        let overruled = self.put(hash, &mut entry, false);
        if let Some(mark) = overruled {
            mark.overrule();
        }
        if entry.is_none() {
            self.observer.inserted();
        }
        entry.map_or(Ok(()), |refused| Err(refused.value))
    }

    /// A clone of the value of `key`.
    ///
    /// The clone is made under the shard's lock, which a short look may hold alone: where a clone
    /// takes long, store an `Arc`, or borrow by [`with`](SafeMap::with), which lets other readers in
    /// at any time.
    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
        V: Clone,
    {
        let hash = self.hash(key);
        let table = self.look(hash);
        let found = table.get(hash, key).cloned();
        drop(table);
        self.told(found)
    }

    /// Calls `read` with the value of `key`, or returns `None` without a call.
    ///
    /// `read` runs under the shard's lock, beside other readers and never beside a writer. It must
    /// not call this map (see [`SafeMap`]), and the writers of the shard wait until it returns.
    pub fn with<Q, R>(&self, key: &Q, read: impl FnOnce(&V) -> R) -> Option<R>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hash(key);
        let table = self.read(hash);
        let found = table.get(hash, key).map(read);
        drop(table);
        self.told(found)
    }

    /// Whether `key` has a value. A key that is being computed has none yet.
    pub fn contains_key<Q>(&self, key: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hash(key);
        let found = self.look(hash).get(hash, key).map(|_| ());
        self.told(found).is_some()
    }

    /// Takes `key` out of the map and returns its value.
    ///
    /// A computation of this key by [`get_or_insert_with`](SafeMap::get_or_insert_with) that is
    /// under way is overruled: its result will not be stored. So a cache entry that is removed
    /// because it is out of date cannot come back from a computation that had begun before.
    pub fn remove<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        let hash = self.hash(key);
        let (removed, overruled) = self.write(hash).take(hash, key);
        if let Some(mark) = overruled {
            mark.overrule();
        }
        removed.map(|old| old.value)
    }

    fn put(&self, hash: u64, entry: &mut Option<Entry<K, V>>, replace: bool) -> Option<Mark<K>> {
        self.roomy(hash).put(hash, entry, replace)
    }

    /// Tells the observer whether something was found.
    #[inline]
    pub(super) fn told<R>(&self, found: Option<R>) -> Option<R> {
        match found {
            Some(_) => self.observer.hit(),
            None => self.observer.miss(),
        }
        found
    }

    /// The one hash of a call: user code, so it runs before any lock is taken.
    fn hash<Q: Hash + ?Sized>(&self, key: &Q) -> u64 {
        self.hasher.hash_one(key)
    }
}
