//! The traits that make a SafeMap feel like any other collection.

use std::fmt;
use std::hash::{BuildHasher, Hash};

use super::{Observer, SafeMap};

/// Prints like a `HashMap`, with the guarantee (and the locks) of [`SafeMap::for_each`].
impl<K: fmt::Debug, V: fmt::Debug, S, O: Observer> fmt::Debug for SafeMap<K, V, S, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = formatter.debug_map();
        self.for_each(|key, value| {
            map.entry(key, value);
        });
        map.finish()
    }
}

/// Empty, with the number of shards of [`SafeMap::new`].
impl<K, V, S: Default> Default for SafeMap<K, V, S> {
    fn default() -> Self {
        SafeMap::with_hasher(S::default())
    }
}

/// The last value of a key wins, as with `HashMap`.
impl<K: Hash + Eq, V, S: BuildHasher + Default> FromIterator<(K, V)> for SafeMap<K, V, S> {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(pairs: I) -> Self {
        let mut map = SafeMap::default();
        map.extend(pairs);
        map
    }
}

/// One [`SafeMap::insert`] for each pair.
impl<K: Hash + Eq, V, S: BuildHasher, O: Observer> Extend<(K, V)> for SafeMap<K, V, S, O> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        (&*self).extend(pairs);
    }
}

/// One [`SafeMap::insert`] for each pair, of a map that is shared.
impl<K: Hash + Eq, V, S: BuildHasher, O: Observer> Extend<(K, V)> for &SafeMap<K, V, S, O> {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, pairs: I) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }
}
