//! The maps that SafeMap is compared with are maps too, and lose nothing.

use std::collections::HashMap;
use std::hash::RandomState;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Barrier, Weak};
use std::thread;

use racelab_demos::safe_map::copy_on_write::native::source::CopyOnWrite;
use racelab_demos::safe_map::one_lock::native::source::OneLock;
use racelab_demos::safe_map::two_maps::native::source::TwoMaps;

use super::support::{Random, must_end};

/// What the rivals have in common.
trait Rival: Default + Sync {
    fn insert(&self, key: u64, value: u64) -> Option<u64>;
    fn get(&self, key: u64) -> Option<u64>;
    fn remove(&self, key: u64) -> Option<u64>;
    fn len(&self) -> usize;
    fn is_empty(&self) -> bool;
}

macro_rules! rivals {
    ($($name:ident $map:ident,)+) => {$(
        impl Rival for $map<u64, u64> {
            fn insert(&self, key: u64, value: u64) -> Option<u64> {
                $map::insert(self, key, value)
            }
            fn get(&self, key: u64) -> Option<u64> {
                $map::get(self, &key)
            }
            fn remove(&self, key: u64) -> Option<u64> {
                $map::remove(self, &key)
            }
            fn len(&self) -> usize {
                $map::len(self)
            }
            fn is_empty(&self) -> bool {
                $map::is_empty(self)
            }
        }

        #[test]
        fn $name() {
            must_end(|| {
                agrees_with_a_hash_map($map::<u64, u64>::new());
                weight_in_is_weight_out($map::<u64, u64>::new());
                a_settled_key_is_never_missed($map::<u64, u64>::new());
            });
        }
    )+};
}

rivals! {
    one_lock OneLock,
    copy_on_write CopyOnWrite,
    two_maps TwoMaps,
}

fn agrees_with_a_hash_map(map: impl Rival) {
    let mut oracle = HashMap::new();
    let mut random = Random::new(5);
    for step in 0..20_000 {
        let keys = if step < 10_000 { 6 } else { 60 };
        let (key, value) = (random.below(keys), random.next());
        match random.below(100) {
            0..25 => assert_eq!(map.insert(key, value), oracle.insert(key, value)),
            25..50 => assert_eq!(map.remove(key), oracle.remove(&key)),
            50..98 => assert_eq!(map.get(key), oracle.get(&key).copied()),
            _ => {
                assert_eq!(map.len(), oracle.len());
                assert_eq!(map.is_empty(), oracle.is_empty());
            }
        }
    }
}

fn weight_in_is_weight_out(map: impl Rival) {
    let balance = AtomicU64::new(0);
    let start = Barrier::new(4);
    thread::scope(|scope| {
        for number in 0..4 {
            let (map, balance, start) = (&map, &balance, &start);
            scope.spawn(move || {
                start.wait();
                let mut random = Random::new(number + 1);
                for _ in 0..3_000 {
                    let (key, weight) = (random.below(12), random.below(1000));
                    let change = match random.below(4) {
                        0 => weight.wrapping_sub(map.insert(key, weight).unwrap_or(0)),
                        1 => 0u64.wrapping_sub(map.remove(key).unwrap_or(0)),
                        _ => map.get(key).map_or(0, |_| 0),
                    };
                    balance.fetch_add(change, Relaxed);
                    if random.below(100) == 0 {
                        map.len();
                    }
                }
            });
        }
    });
    let weight: u64 = (0..12).filter_map(|key| map.get(key)).sum();
    assert_eq!(balance.into_inner(), weight);
    assert_eq!(map.len(), (0..12).filter(|key| map.get(*key).is_some()).count());
}

fn a_settled_key_is_never_missed(map: impl Rival) {
    map.insert(0, 0);
    thread::scope(|scope| {
        scope.spawn(|| {
            // New keys, removals and misses: what makes two maps copy and promote.
            for round in 0..500 {
                map.insert(1 + round % 7, round);
                map.get(100);
                map.remove(1 + (round + 3) % 7);
                map.insert(0, round);
            }
        });
        let mut last = 0;
        for _ in 0..2_000 {
            let now = map.get(0).expect("it is there all the time");
            assert!(now >= last, "went back in time");
            last = now;
        }
    });
}

/// Calls its map when it is dropped: that promotes, and gives back.
struct Caller {
    map: Weak<TwoMaps<u64, Caller>>,
    drops: Arc<AtomicUsize>,
}

impl Drop for Caller {
    fn drop(&mut self) {
        self.drops.fetch_add(1, Relaxed);
        if let Some(map) = self.map.upgrade() {
            map.len();
        }
    }
}

#[test]
fn two_maps_give_back_each_value_once_and_are_called_meanwhile() {
    must_end(|| {
        let drops = Arc::new(AtomicUsize::new(0));
        // Fewer places than threads, and few values are kept.
        let hasher = RandomState::new();
        let map = Arc::new(TwoMaps::with_slots_batch_and_hasher(2, 3, hasher));
        thread::scope(|scope| {
            for number in 0..4 {
                let (map, drops) = (&map, &drops);
                scope.spawn(move || {
                    let mut random = Random::new(number + 1);
                    for _ in 0..500 {
                        let value = Caller { map: Arc::downgrade(map), drops: drops.clone() };
                        map.store(random.below(8), value);
                        map.delete(&random.below(8));
                        map.for_each(|_, value| assert!(value.map.strong_count() > 0));
                    }
                });
            }
        });
        let before = drops.load(Relaxed);
        assert!(before > 1_000, "{before} of 2,000 values were given back");
        drop(map);
        assert_eq!(drops.load(Relaxed), 2_000);
    });
}

#[test]
fn a_key_that_is_not_settled_leaves_two_maps_at_once() {
    let map = TwoMaps::new();
    let (settled, new) = (Arc::new(1), Arc::new(2));
    map.store(settled.clone(), ());
    assert_eq!(map.len(), 1);
    map.store(new.clone(), ());
    map.delete(&settled);
    map.delete(&new);
    assert_eq!((Arc::strong_count(&new), map.len()), (1, 0));
    assert!(Arc::strong_count(&settled) > 1, "an empty place is left of a settled key");
}
