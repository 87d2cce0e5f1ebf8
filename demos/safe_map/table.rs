//! What a shard's lock guards: the entries that are there, and the keys that are being computed.

use std::borrow::Borrow;

use hashbrown::HashTable;
use hashbrown::hash_table::{Entry as Place, OccupiedEntry};

use super::super::rt::sync::Arc;
use super::marks::{Mark, Marks};
use super::once::Pending;

/// The entries and the marks. A key is never in both.
pub(super) struct Table<K, V> {
    pub(super) entries: HashTable<Entry<K, V>>,
    pub(super) computing: Marks<K>,
}

/// A key, its value, and its hash: kept so that growth hashes nothing and runs no user code.
pub(super) struct Entry<K, V> {
    hash: u64,
    pub(super) key: K,
    pub(super) value: V,
}

impl<K, V> Entry<K, V> {
    pub(super) fn new(hash: u64, key: K, value: V) -> Self {
        Entry { hash, key, value }
    }

    fn is<Q: Eq + ?Sized>(&self, hash: u64, key: &Q) -> bool
    where
        K: Borrow<Q>,
    {
        self.hash == hash && self.key.borrow() == key
    }
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Table { entries: HashTable::new(), computing: Marks::default() }
    }
}

impl<K, V> Table<K, V> {
    /// The value of `key`.
    pub(super) fn get<Q: Eq + ?Sized>(&self, hash: u64, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.find(hash, |entry| entry.is(hash, key)).map(|entry| &entry.value)
    }

    /// The entry of `key`, to change or remove.
    pub(super) fn occupied<Q: Eq + ?Sized>(
        &mut self,
        hash: u64,
        key: &Q,
    ) -> Option<OccupiedEntry<'_, Entry<K, V>>>
    where
        K: Borrow<Q>,
    {
        self.entries.find_entry(hash, |entry| entry.is(hash, key)).ok()
    }

    /// Stores an entry, and overrules who is computing it. One that is there already is replaced,
    /// or, unless `replace`, left as it is.
    ///
    /// What it leaves in `fresh` (the new key with the old value) and what it returns are for the
    /// caller to drop, once the lock is released. All comparisons of keys, which may panic, come
    /// before the first change.
    pub(super) fn put(&mut self, fresh: &mut Option<Entry<K, V>>, replace: bool) -> Option<Mark<K>>
    where
        K: Eq,
    {
        let entry = fresh.as_mut()?;
        let (hash, key) = (entry.hash, &entry.key);
        match self.entries.entry(hash, |there| there.is(hash, key), |there| there.hash) {
            Place::Occupied(mut there) => {
                if replace {
                    std::mem::swap(&mut there.get_mut().value, &mut entry.value);
                }
                None
            }
            Place::Vacant(place) => {
                let overruled = self.computing.take(hash, key);
                if let Some(entry) = fresh.take() {
                    place.insert(entry);
                }
                overruled
            }
        }
    }

    /// Takes out the entry of `key`, or the mark of who is computing it: for the caller to drop.
    pub(super) fn take<Q: Eq + ?Sized>(
        &mut self,
        hash: u64,
        key: &Q,
    ) -> (Option<Entry<K, V>>, Option<Mark<K>>)
    where
        K: Borrow<Q>,
    {
        match self.occupied(hash, key) {
            Some(entry) => (Some(entry.remove().0), None),
            None => (None, self.computing.take(hash, key)),
        }
    }

    /// Turns the mark that belongs to `pending` into an entry; gives `value` back if it was
    /// overruled.
    pub(super) fn publish(&mut self, pending: &Arc<Pending>, value: V) -> Option<V> {
        let Some(mark) = self.computing.take_own(pending) else {
            return Some(value);
        };
        let (hash, key) = mark.into_key();
        self.entries.insert_unique(hash, Entry { hash, key, value }, |there| there.hash);
        None
    }
}
