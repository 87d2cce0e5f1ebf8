//! Looking at the whole map: one shard after another, or all of them at one moment.

use std::hash::{BuildHasher, Hash};
use std::panic::resume_unwind;
use std::{iter, slice};

use super::super::lock::Lobby;
use super::change::caught;
use super::shard::Shard;
use super::table::Entry;
use super::{Observer, SafeMap};

impl<K, V, S, O: Observer> SafeMap<K, V, S, O> {
    /// The number of keys: for each shard its number at the moment it was visited, added up.
    ///
    /// Exact while nobody inserts or removes. Otherwise each shard's number was true at some
    /// moment of this call, and the sum may be one that the map never had.
    pub fn len(&self) -> usize {
        self.each(|shard| shard.look(&self.lobby, &self.observer)).map(|table| table.entries.len()).sum()
    }

    /// Whether each shard was empty at the moment it was visited.
    ///
    /// `false` is certain: there was a key, at some moment of this call. `true` says of no single
    /// moment that the whole map was empty, unless nobody inserts meanwhile.
    pub fn is_empty(&self) -> bool {
        self.each(|shard| shard.look(&self.lobby, &self.observer)).all(|table| table.entries.is_empty())
    }

    /// Calls `see` with each key and value, in no order.
    ///
    /// Of one shard, `see` gets exactly what was in it at one moment. Between shards time goes on:
    /// a key that stays for the whole call is seen once; one that is inserted or removed meanwhile,
    /// once or not at all; none is seen twice. So of two inserts, the first may be missing and the
    /// second be seen. For one moment of the whole map, see
    /// [`snapshot_at_one_moment`](SafeMap::snapshot_at_one_moment).
    ///
    /// `see` runs under a shard's lock and must not call this map (see [`SafeMap`]); the writers of
    /// that shard wait.
    pub fn for_each(&self, mut see: impl FnMut(&K, &V)) {
        self.find_map(|key, value| {
            see(key, value);
            None::<()>
        });
    }

    /// Calls `see` with each key and value, as [`for_each`](SafeMap::for_each) does and with its
    /// guarantee, until it returns something: that is the answer, and no further shard is locked.
    pub fn find_map<R>(&self, mut see: impl FnMut(&K, &V) -> Option<R>) -> Option<R> {
        self.each(|shard| shard.read(&self.lobby, &self.observer))
            .find_map(|table| table.entries.iter().find_map(|entry| see(&entry.key, &entry.value)))
    }

    /// Clones of all keys and values, one after another, with the guarantee of
    /// [`for_each`](SafeMap::for_each).
    ///
    /// A shard is copied when its first entry is asked for, and between two entries no lock is
    /// held: the body of a loop over it may take its time and call the map.
    pub fn iter(&self) -> Iter<'_, K, V, O>
    where
        K: Clone,
        V: Clone,
    {
        Iter {
            shards: Shards::of(&self.shards),
            lobby: &self.lobby,
            observer: &self.observer,
            copied: Vec::new().into_iter(),
        }
    }

    /// Clones of all keys and values, with the guarantee of [`for_each`](SafeMap::for_each): each
    /// shard at one moment, not all at the same.
    pub fn snapshot(&self) -> Vec<(K, V)>
    where
        K: Clone,
        V: Clone,
    {
        let mut all = Vec::new();
        self.for_each(|key, value| all.push((key.clone(), value.clone())));
        all
    }

    /// Clones of all keys and values as they were together at one moment.
    ///
    /// All shards are locked, in their order, before the first is read, so the map's writers wait
    /// for the whole of it. No call holds one shard while it waits for another but this one, and
    /// two of these meet the shards in the same order: they cannot lock each other out.
    pub fn snapshot_at_one_moment(&self) -> Vec<(K, V)>
    where
        K: Clone,
        V: Clone,
    {
        // Made before the locks are taken, so that a panic in `clone` drops it after they are
        // released.
        let mut all = Vec::new();
        let tables: Vec<_> =
            self.each(|shard| shard.read(&self.lobby, &self.observer)).collect();
        all.reserve(tables.iter().map(|table| table.entries.len()).sum());
        let entries = tables.iter().flat_map(|table| table.entries.iter());
        all.extend(entries.map(|entry| (entry.key.clone(), entry.value.clone())));
        all
    }

    /// Removes everything and gives the tables' memory back.
    ///
    /// Each shard is emptied at one moment, not all at the same: what was in the map when the call
    /// began is gone when it returns, unless it was inserted again; what is inserted meanwhile may
    /// stay. Computations that are under way are overruled, as by [`remove`](SafeMap::remove).
    /// Values are dropped after their shard is unlocked.
    pub fn clear(&self) {
        for mut locked in self.each(|shard| shard.write(&self.lobby, &self.observer)) {
            let table = std::mem::take(&mut *locked);
            drop(locked);
            table.computing.overrule();
            drop(table.entries);
        }
    }

    /// The tables of all shards, or of their parts, each locked when it is asked for.
    fn each<'m, G>(&'m self, lock: impl Fn(&'m Shard<K, V>) -> G) -> impl Iterator<Item = G> {
        let mut shards = Shards::of(&self.shards);
        iter::from_fn(move || shards.next(&lock))
    }
}

impl<K: Hash + Eq, V, S: BuildHasher, O: Observer> SafeMap<K, V, S, O> {
    /// Removes what `keep` says no to. Each shard is gone through at one moment, not all at the
    /// same.
    ///
    /// Keys that are being computed are not asked about and stay. What is removed is dropped after
    /// the shard is unlocked. `keep`, and the `Hash` of what it refuses, run under the shard's lock and
    /// must not call this map.
    ///
    /// # Panics
    /// If `keep` panics, so does this call: the entry in its hands is removed, as in
    /// [`update`](SafeMap::update); those it had refused are gone, and the rest stay. If the `Hash` of
    /// what it has refused panics, so does this call, with its shard done.
    pub fn retain(&self, mut keep: impl FnMut(&K, &mut V) -> bool) {
        for mut table in self.each(|shard| shard.write(&self.lobby, &self.observer)) {
            let (mut kept, mut hashed) = (Ok(()), Ok(()));
            let goes = |entry: &mut Entry<K, V>| {
                if kept.is_err() {
                    return false;
                }
                match caught(|| keep(&entry.key, &mut entry.value)) {
                    Ok(keep) => !keep,
                    Err(panic) => {
                        kept = Err(panic);
                        true
                    }
                }
            };
            let hash_of = |entry: &Entry<K, V>| {
                caught(|| self.hash(&entry.key)).map_err(|panic| hashed = Err(panic)).ok()
            };
            let removed = table.entries.extract_if(goes, hash_of);
            drop(table);
            drop(removed);
            if let Err(panic) = kept.and(hashed) {
                resume_unwind(panic);
            }
        }
    }
}

/// The shards of a map that are still to be visited.
struct Shards<'m, K, V> {
    shards: slice::Iter<'m, Shard<K, V>>,
    /// Of the shard that was visited last.
    parts: slice::Iter<'m, Shard<K, V>>,
}

impl<'m, K, V> Shards<'m, K, V> {
    fn of(shards: &'m [Shard<K, V>]) -> Self {
        Shards { shards: shards.iter(), parts: [].iter() }
    }

    /// Locks the next one that is not cut.
    fn next<G>(&mut self, lock: impl Fn(&'m Shard<K, V>) -> G) -> Option<G> {
        loop {
            if let Some(part) = self.parts.next() {
                return Some(lock(part));
            }
            let shard = self.shards.next()?;
            let table = shard.parts().is_none().then(|| lock(shard));
            // It may have been cut before it was locked. While it is locked it cannot be.
            match shard.parts() {
                Some(parts) => self.parts = parts.iter(),
                None => return table,
            }
        }
    }
}

/// The entries of a map, copied one shard at a time: see [`SafeMap::iter`].
pub struct Iter<'m, K, V, O = ()> {
    shards: Shards<'m, K, V>,
    lobby: &'m Lobby,
    observer: &'m O,
    copied: std::vec::IntoIter<(K, V)>,
}

impl<K: Clone, V: Clone, O: Observer> Iterator for Iter<'_, K, V, O> {
    type Item = (K, V);

    fn next(&mut self) -> Option<(K, V)> {
        loop {
            if let Some(entry) = self.copied.next() {
                return Some(entry);
            }
            // Made before the lock is taken, so that a panic in `clone` drops it after the release.
            let mut copied = Vec::new();
            let table = self.shards.next(|shard| shard.read(self.lobby, self.observer))?;
            copied.reserve(table.entries.len());
            copied
                .extend(table.entries.iter().map(|entry| (entry.key.clone(), entry.value.clone())));
            drop(table);
            self.copied = copied.into_iter();
        }
    }
}

impl<'m, K: Clone, V: Clone, S, O: Observer> IntoIterator for &'m SafeMap<K, V, S, O> {
    type Item = (K, V);
    type IntoIter = Iter<'m, K, V, O>;

    fn into_iter(self) -> Iter<'m, K, V, O> {
        self.iter()
    }
}
