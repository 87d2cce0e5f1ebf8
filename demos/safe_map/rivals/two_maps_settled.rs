//! The map of settled keys of [`TwoMaps`](super::TwoMaps), and what of it is replaced.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hash};

use super::super::rt::sync::Arc;
use super::kept::Kept;
use super::two_maps_entry::Entry;

pub(super) type Entries<K, V, S> = HashMap<K, Arc<Entry<V>>, S>;

/// What is read without the lock. It never changes: it is replaced as a whole.
pub(super) struct Settled<K, V, S> {
    pub(super) entries: Arc<Entries<K, V, S>>,
    /// The locked map has keys that are not here.
    pub(super) amended: bool,
}

impl<K: Hash + Eq + Clone, V, S: BuildHasher + Clone> Settled<K, V, S> {
    /// The keys that still have a value. The others are expunged: they are not in the copy, so whoever
    /// stores to one of them must take the lock and put it there.
    pub(super) fn copy(&self) -> Entries<K, V, S> {
        let mut copy = HashMap::with_hasher(self.entries.hasher().clone());
        let living = self.entries.iter().filter(|(_, entry)| !entry.expunge());
        copy.extend(living.map(|(key, entry)| (key.clone(), entry.clone())));
        copy
    }
}

/// What visitors of the map may still read: a box that is dropped when they have left.
pub(super) enum Replaced<K, V, S> {
    Value(*mut Kept<V>),
    Settled(*mut Kept<Settled<K, V, S>>),
}

// Safety: it owns what it points to, which whoever drops it may read and drop; the others only read.
unsafe impl<K: Send + Sync, V: Send + Sync, S: Send + Sync> Send for Replaced<K, V, S> {}

impl<K, V, S> Drop for Replaced<K, V, S> {
    fn drop(&mut self) {
        match *self {
            // Safety: from a box, replaced once, and `Retired` drops this when all who may have found
            // it have left.
            Replaced::Value(value) => drop(unsafe { Box::from_raw(value) }),
            // Safety: as above.
            Replaced::Settled(settled) => drop(unsafe { Box::from_raw(settled) }),
        }
    }
}
