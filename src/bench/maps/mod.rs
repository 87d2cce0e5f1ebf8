//! Every map behind one trait, and the table of those that take part.

mod ours;
mod rivals;

use std::hash::RandomState;

use crate::keys::{Key, Value};
use crate::seat::{Contestant, Seat};

/// What is asked of a map in the middle of a block.
pub trait Operations<K, V> {
    /// A clone of the value of `key`.
    fn get(&self, key: &K) -> Option<V>;
    /// Stores a value, in the place of another or as a new one.
    fn put(&self, key: K, value: V);
    /// Takes a key out.
    fn take(&self, key: &K);
}

impl<K, V, M: Operations<K, V>> Operations<K, V> for &M {
    #[inline]
    fn get(&self, key: &K) -> Option<V> {
        (**self).get(key)
    }

    #[inline]
    fn put(&self, key: K, value: V) {
        (**self).put(key, value);
    }

    #[inline]
    fn take(&self, key: &K) {
        (**self).take(key);
    }
}

/// A map that takes part.
pub trait Map<K, V>: Send + Sync + 'static {
    /// What a thread holds for some dozens of operations in a row: the map itself, or a guard.
    type Held<'m>: Operations<K, V>
    where
        Self: 'm;

    /// An empty map of this design.
    fn empty() -> Self;

    /// Begins some dozens of operations in a row.
    fn hold(&self) -> Self::Held<'_>;

    /// Stores all of these in a map that nobody else uses yet.
    fn fill(&self, entries: impl Iterator<Item = (K, V)>) {
        let held = self.hold();
        entries.for_each(|(key, value)| held.put(key, value));
    }

    /// The number of keys.
    fn count(&self) -> usize;

    /// The words of all values, added up, one entry after another.
    fn scan(&self) -> u64;

    /// Copies all of it as it is at one moment; how many entries. `None` if the map has no such thing.
    fn copy(&self) -> Option<usize> {
        None
    }

    /// The value of `key`; if it has none, what `compute` makes of it, which is kept.
    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V;

    /// For how many entries there is room, if the map says so.
    fn room(&self) -> Option<usize> {
        None
    }
}

/// A map of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Design {
    /// SafeMap as `new` makes it.
    SafeMap,
    /// SafeMap with 1,024 shards.
    SafeMapFine,
    /// SafeMap as `new` makes it, again: what two equal maps differ by is the error of the measurement.
    Twin,
    /// One readers-writer lock around one map.
    OneLock,
    /// A map that each write replaces by a copy.
    CopyOnWrite,
    /// A map to read and a map to write.
    TwoMaps,
    /// dashmap as `new` makes it.
    Dashmap,
    /// dashmap with 1,024 shards.
    DashmapFine,
    /// papaya, a guard for each operation.
    Papaya,
    /// papaya, one guard for 64 operations.
    PapayaHeld,
    /// `scc::HashMap`.
    Scc,
    /// `scc::HashIndex`, made for reading.
    SccIndex,
}

/// Shards of [`Design::SafeMapFine`] and [`Design::DashmapFine`].
pub const FINE: usize = 1024;

impl Design {
    /// All, in the order of the tables.
    pub const ALL: [Design; 12] = [
        Design::SafeMap,
        Design::Twin,
        Design::SafeMapFine,
        Design::OneLock,
        Design::CopyOnWrite,
        Design::TwoMaps,
        Design::Dashmap,
        Design::DashmapFine,
        Design::Papaya,
        Design::PapayaHeld,
        Design::Scc,
        Design::SccIndex,
    ];

    /// As it is typed and printed.
    pub fn name(self) -> &'static str {
        match self {
            Design::SafeMap => "safe-map",
            Design::Twin => "safe-map-twin",
            Design::SafeMapFine => "safe-map-fine",
            Design::OneLock => "one-lock",
            Design::CopyOnWrite => "copy-on-write",
            Design::TwoMaps => "two-maps",
            Design::Dashmap => "dashmap",
            Design::DashmapFine => "dashmap-fine",
            Design::Papaya => "papaya",
            Design::PapayaHeld => "papaya-held",
            Design::Scc => "scc",
            Design::SccIndex => "scc-index",
        }
    }

    /// What it is, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Design::SafeMap => "racelab's SafeMap as it comes",
            Design::SafeMapFine => "SafeMap with 1,024 shards",
            Design::Twin => "SafeMap again: how far two equal maps differ here",
            Design::OneLock => "one readers-writer lock around std's HashMap",
            Design::CopyOnWrite => "a snapshot that each write replaces by a copy",
            Design::TwoMaps => "a map to read and a map to write, as in Go before 1.24",
            Design::Dashmap => "dashmap 6.2.1 as it comes",
            Design::DashmapFine => "dashmap 6.2.1 with 1,024 shards",
            Design::Papaya => "papaya 0.2.5, a guard for each operation",
            Design::PapayaHeld => "papaya 0.2.5, one guard for 64 operations",
            Design::Scc => "scc 3.8.8, HashMap",
            Design::SccIndex => "scc 3.8.8, HashIndex, which is made for reading",
        }
    }

    /// The design of this name.
    pub fn named(name: &str) -> Option<Design> {
        Design::ALL.into_iter().find(|design| design.name() == name)
    }

    /// Whether it is somebody else's map, which SafeMap is held against.
    pub fn is_peer(self) -> bool {
        use Design::{Dashmap, DashmapFine, Papaya, PapayaHeld, Scc, SccIndex};
        matches!(self, Dashmap | DashmapFine | Papaya | PapayaHeld | Scc | SccIndex)
    }

    /// Whether one of its writes copies the whole map.
    pub fn copies(self) -> bool {
        self == Design::CopyOnWrite
    }

    /// An empty map of it, to be filled.
    pub fn seat<K: Key, V: Value>(self) -> Box<dyn Contestant<K, V>> {
        type Safe<K, V> = racelab_safe_map::SafeMap<K, V>;
        match self {
            Design::SafeMap | Design::Twin => Seat::<Safe<K, V>, K, V>::new(),
            Design::SafeMapFine => Seat::<ours::SafeMapFine<K, V>, K, V>::new(),
            Design::OneLock => Seat::<ours::OneLock<K, V>, K, V>::new(),
            Design::CopyOnWrite => Seat::<ours::CopyOnWrite<K, V>, K, V>::new(),
            Design::TwoMaps => Seat::<ours::TwoMaps<K, V>, K, V>::new(),
            Design::Dashmap => Seat::<dashmap::DashMap<K, V, RandomState>, K, V>::new(),
            Design::DashmapFine => Seat::<rivals::DashmapFine<K, V>, K, V>::new(),
            Design::Papaya => Seat::<papaya::HashMap<K, V, RandomState>, K, V>::new(),
            Design::PapayaHeld => Seat::<rivals::PapayaHeld<K, V>, K, V>::new(),
            Design::Scc => Seat::<scc::HashMap<K, V, RandomState>, K, V>::new(),
            Design::SccIndex => Seat::<scc::HashIndex<K, V, RandomState>, K, V>::new(),
        }
    }
}

#[cfg(test)]
mod tests;
