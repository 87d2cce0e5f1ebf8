//! SafeMap and the designs of the course that it is compared with.

use racelab_safe_map::{SafeMap, copy_on_write, one_lock, two_maps};

use super::{FINE, Map, Operations};
use crate::keys::{Key, Value};

pub(super) type OneLock<K, V> = one_lock::native::source::OneLock<K, V>;
pub(super) type CopyOnWrite<K, V> = copy_on_write::native::source::CopyOnWrite<K, V>;
pub(super) type TwoMaps<K, V> = two_maps::native::source::TwoMaps<K, V>;

impl<K: Key, V: Value> Map<K, V> for SafeMap<K, V> {
    type Held<'m> = &'m Self;

    fn empty() -> Self {
        SafeMap::new()
    }

    fn hold(&self) -> &Self {
        self
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn scan(&self) -> u64 {
        let mut sum = 0u64;
        self.for_each(|_, value| sum = sum.wrapping_add(value.word()));
        sum
    }

    fn copy(&self) -> Option<usize> {
        Some(self.snapshot_at_one_moment().len())
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        self.get_or_insert_with(key.clone(), compute)
    }
}

/// SafeMap with many shards: less waiting, more memory.
pub(super) struct SafeMapFine<K, V>(SafeMap<K, V>);

impl<K: Key, V: Value> Map<K, V> for SafeMapFine<K, V> {
    type Held<'m> = &'m SafeMap<K, V>;

    fn empty() -> Self {
        SafeMapFine(SafeMap::with_shards(FINE))
    }

    fn hold(&self) -> Self::Held<'_> {
        &self.0
    }

    fn count(&self) -> usize {
        self.0.len()
    }

    fn scan(&self) -> u64 {
        self.0.scan()
    }

    fn copy(&self) -> Option<usize> {
        self.0.copy()
    }

    fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
        self.0.get_or_compute(key, compute)
    }
}

/// The three others have the same methods by the same names, but for those of one that gives no value
/// back: what it would cost to clone the old one is not the design's.
macro_rules! design {
    ($map:ident by $put:ident and $take:ident) => {
        impl<K: Key, V: Value> Operations<K, V> for $map<K, V> {
            #[inline]
            fn get(&self, key: &K) -> Option<V> {
                $map::get(self, key)
            }

            #[inline]
            fn put(&self, key: K, value: V) {
                self.$put(key, value);
            }

            #[inline]
            fn take(&self, key: &K) {
                self.$take(key);
            }
        }
    };
    (
        $map:ident by $put:ident and $take:ident,
        filled by |$this:ident, $entries:ident| $fill:expr, copied by $copy:expr
    ) => {
        design!($map by $put and $take);

        impl<K: Key, V: Value> Map<K, V> for $map<K, V> {
            type Held<'m> = &'m Self;

            fn empty() -> Self {
                $map::new()
            }

            fn hold(&self) -> &Self {
                self
            }

            fn fill(&self, $entries: impl Iterator<Item = (K, V)>) {
                let $this = self;
                $fill
            }

            fn count(&self) -> usize {
                self.len()
            }

            fn scan(&self) -> u64 {
                let mut sum = 0u64;
                self.for_each(|_, value| sum = sum.wrapping_add(value.word()));
                sum
            }

            fn copy(&self) -> Option<usize> {
                $copy(self)
            }

            // Look, compute, store: what one writes with a map that has nothing better.
            fn get_or_compute(&self, key: &K, compute: &dyn Fn() -> V) -> V {
                if let Some(value) = $map::get(self, key) {
                    return value;
                }
                let value = compute();
                self.$put(key.clone(), value.clone());
                value
            }
        }
    };
}

design!(SafeMap by insert and remove);
design!(
    OneLock by insert and remove,
    filled by |map, entries| entries.for_each(|(key, value)| _ = map.insert(key, value)),
    copied by |map: &Self| Some(map.snapshot().len())
);
design!(
    CopyOnWrite by insert and remove,
    filled by |map, entries| map.insert_all(entries),
    copied by |map: &Self| Some(map.snapshot().len())
);
design!(
    TwoMaps by store and delete,
    filled by |map, entries| {
        entries.for_each(|(key, value)| map.store(key, value));
        // Counting settles the keys, as looking them up does after a while.
        map.len();
    },
    copied by |_| None
);
