//! One hash a call, shards by a power of two, and who may share or send a map.

use std::hash::{BuildHasher, DefaultHasher};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use racelab::Fields;

use super::SafeMap;

/// Counts the hashes that it begins.
#[derive(Default)]
struct Counting(AtomicUsize);

impl BuildHasher for &Counting {
    type Hasher = DefaultHasher;

    fn build_hasher(&self) -> DefaultHasher {
        self.0.fetch_add(1, Relaxed);
        DefaultHasher::new()
    }
}

#[test]
fn each_call_hashes_once() {
    let hashes = Counting::default();
    let map = SafeMap::with_shards_and_hasher(4, &hashes);
    let counted = |calls: usize, work: &dyn Fn()| {
        let before = hashes.0.load(Relaxed);
        work();
        assert_eq!(hashes.0.load(Relaxed) - before, calls);
    };
    // A thousand inserts grow each table several times.
    counted(1000, &|| (0..1000).for_each(|key| assert_eq!(map.insert(key, key), None)));
    counted(1000, &|| (0..1000).for_each(|key| assert_eq!(map.insert(key, key), Some(key))));
    counted(1, &|| assert_eq!(map.get(&7), Some(7)));
    counted(1, &|| assert_eq!(map.with(&7, |value| *value), Some(7)));
    counted(1, &|| assert!(!map.contains_key(&1000)));
    counted(1, &|| assert_eq!(map.remove(&7), Some(7)));
    counted(1, &|| assert_eq!(map.get_or_insert_with(7, || 8), 8));
    counted(1, &|| assert_eq!(map.get_or_insert_with(7, || 9), 8));
    counted(1, &|| assert_eq!(map.update(&7, |value| *value), Some(8)));
    counted(1, &|| assert_eq!(map.replace_with(&7, |value| *value), Some(8)));
    counted(0, &|| {
        map.retain(|key, _| key % 2 == 0);
        assert_eq!(map.len(), map.snapshot().len());
        map.clear();
    });
}

#[test]
fn shards_come_in_powers_of_two() {
    let shards = |wanted| SafeMap::<u8, u8>::with_shards(wanted).shard_count();
    assert_eq!([0, 1, 2, 3, 64, 65].map(shards), [1, 1, 2, 4, 64, 128]);
    assert_eq!(shards(usize::MAX), 65_536);
    let default = SafeMap::<u8, u8>::new().shard_count();
    assert!(default.is_power_of_two() && default >= 4);
}

#[test]
fn each_shard_has_its_own_cache_lines() {
    let mut layouts = Vec::new();
    SafeMap::<String, String>::layouts(&mut layouts);
    let shard = layouts.iter().find(|layout| layout.name.starts_with("Shard")).expect("declared");
    assert_eq!((shard.size, shard.align), (128, 128));
}

#[test]
fn can_be_shared_and_sent() {
    fn shared<T: Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    fn sent<T: Send>() {}
    shared::<SafeMap<String, Vec<u8>>>();
    // A `Cell` may move to another thread but not be seen by two: neither may a map of them.
    sent::<SafeMap<u8, std::cell::Cell<u8>>>();
}
