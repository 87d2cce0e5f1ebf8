//! What a shard's lock guards: the entries that are there, and the keys that are being computed.

use std::borrow::Borrow;

use super::super::rt::sync::Arc;
use super::hash_table::{HashTable, Occupied};
use super::marks::{Mark, Marks};
use super::once::Pending;

/// The entries and the marks. A key is never in both.
pub(super) struct Table<K, V> {
    pub(super) entries: HashTable<Entry<K, V>>,
    pub(super) computing: Marks<K>,
}

/// A key and its value.
pub(super) struct Entry<K, V> {
    pub(super) key: K,
    pub(super) value: V,
}

impl<K, V> Default for Table<K, V> {
    fn default() -> Self {
        Table { entries: HashTable::new(), computing: Marks::default() }
    }
}

impl<K, V> Table<K, V> {
    /// The value of `key`.
    #[inline]
    pub(super) fn get<Q: Eq + ?Sized>(&self, hash: u64, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
    {
        self.entries.find(hash, move |entry| entry.key.borrow() == key).map(|entry| &entry.value)
    }

    /// The entry of `key`, to change or remove.
    #[inline]
    pub(super) fn occupied<Q: Eq + ?Sized>(
        &mut self,
        hash: u64,
        key: &Q,
    ) -> Option<Occupied<'_, Entry<K, V>>>
    where
        K: Borrow<Q>,
    {
        self.entries.find_entry(hash, move |entry| entry.key.borrow() == key)
    }

    /// Stores an entry, and overrules whoever is computing it. One that is there already is replaced,
    /// or, unless `replace`, left as it is. There must be room for one more.
    ///
    /// What it leaves in `fresh` (the new key with the old value) and what it returns are for the
    /// caller to drop, once the lock is released. Everything that may panic, the comparison of keys,
    /// comes before the first change.
    #[inline]
    pub(super) fn put(
        &mut self,
        hash: u64,
        fresh: &mut Option<Entry<K, V>>,
        replace: bool,
    ) -> Option<Mark<K>>
    where
        K: Eq,
    {
        let entry = fresh.as_mut()?;
        if let Some(mut there) = self.entries.find_entry(hash, |there| there.key == entry.key) {
            if replace {
                std::mem::swap(&mut there.get_mut().value, &mut entry.value);
            }
            return None;
        }
        let overruled = self.computing.take(hash, &entry.key);
        if let Some(entry) = fresh.take() {
            self.entries.insert_unique(hash, entry);
        }
        overruled
    }

    /// Whether one more entry has no room.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.entries.is_full()
    }

    /// Moves to a table with twice the room that the entries need. All keys are hashed before the
    /// first one moves: where a hash panics, nothing has changed.
    pub(super) fn grow(&mut self, hash_of: impl Fn(&K) -> u64) {
        let hashes = self.hashes(hash_of);
        let mut larger = HashTable::with_capacity(2 * hashes.len().max(1));
        for (hash, entry) in hashes.into_iter().zip(self.take_all()) {
            larger.insert_unique(hash, entry);
        }
        self.entries = larger;
    }

    /// Moves everything to tables of `parts` parts, each with twice the room that its entries need;
    /// `part_of` says which is a hash's. As in [`grow`](Table::grow), a panic changes nothing.
    pub(super) fn cut(
        &mut self,
        parts: usize,
        part_of: impl Fn(u64) -> usize,
        hash_of: impl Fn(&K) -> u64,
    ) -> Vec<Table<K, V>> {
        let hashes = self.hashes(hash_of);
        let mut counts = vec![0; parts];
        hashes.iter().for_each(|&hash| counts[part_of(hash)] += 1);
        let roomy = |count: usize| Table {
            entries: HashTable::with_capacity(2 * count),
            computing: Marks::default(),
        };
        let mut tables: Vec<Self> = counts.into_iter().map(roomy).collect();
        for (hash, entry) in hashes.into_iter().zip(self.take_all()) {
            tables[part_of(hash)].entries.insert_unique(hash, entry);
        }
        let marks = std::mem::take(&mut self.computing);
        marks.move_each(|hash, mark| tables[part_of(hash)].computing.push(mark));
        tables
    }

    /// All entries, and their memory.
    fn take_all(&mut self) -> impl Iterator<Item = Entry<K, V>> + use<K, V> {
        std::mem::replace(&mut self.entries, HashTable::new()).into_entries()
    }

    /// In the order of the entries.
    fn hashes(&self, hash_of: impl Fn(&K) -> u64) -> Vec<u64> {
        self.entries.iter().map(|entry| hash_of(&entry.key)).collect()
    }

    /// Takes out the entry of `key`, or the mark of whoever is computing it: for the caller to drop.
    #[inline]
    pub(super) fn take<Q: Eq + ?Sized>(
        &mut self,
        hash: u64,
        key: &Q,
    ) -> (Option<Entry<K, V>>, Option<Mark<K>>)
    where
        K: Borrow<Q>,
    {
        match self.occupied(hash, key) {
            Some(entry) => (Some(entry.remove()), None),
            None => (None, self.computing.take(hash, key)),
        }
    }

    /// Turns the mark that belongs to `pending` into an entry; leaves `value` there if the mark was
    /// taken away. There must be room for one more.
    pub(super) fn publish(&mut self, pending: &Arc<Pending>, value: &mut Option<V>) {
        if let Some(mark) = self.computing.take_own(pending)
            && let Some(value) = value.take()
        {
            let (hash, key) = mark.into_key();
            self.entries.insert_unique(hash, Entry { key, value });
        }
    }
}
