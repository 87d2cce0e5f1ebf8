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
    // A thousand inserts grow each table several times: each key is hashed once more, on average.
    (0..1000).for_each(|key| assert_eq!(map.insert(key, key), None));
    let grown = hashes.0.load(Relaxed);
    assert!((1500..=3000).contains(&grown), "{grown}");
    counted(1000, &|| (0..1000).for_each(|key| assert_eq!(map.insert(key, key), Some(key))));
    counted(1, &|| assert_eq!(map.get(&7), Some(7)));
    counted(1, &|| assert_eq!(map.with(&7, |value| *value), Some(7)));
    counted(1, &|| assert!(!map.contains_key(&1000)));
    counted(1, &|| assert_eq!(map.remove(&7), Some(7)));
    counted(1, &|| assert_eq!(map.get_or_insert_with(7, || 8), 8));
    counted(1, &|| assert_eq!(map.get_or_insert_with(7, || 9), 8));
    counted(1, &|| assert_eq!(map.update(&7, |value| *value), Some(8)));
    counted(1, &|| assert_eq!(map.replace_with(&7, |value| *value), Some(8)));
    counted(1, &|| assert_eq!(map.insert_if_absent(7, 9), Err(9)));
    counted(1, &|| assert_eq!(map.replace_if(&7, 9, |value| *value == 8), Ok(8)));
    counted(1, &|| assert_eq!(map.replace_if(&7, 10, |value| *value == 8), Err(10)));
    counted(1, &|| assert_eq!(map.replace_if(&1000, 10, |_| true), Err(10)));
    counted(1, &|| assert_eq!(map.insert_if_absent(1000, 1), Ok(())));
    // What is taken out of the middle of a table is hashed, to count that it no longer lies there.
    let odd = map.snapshot().iter().filter(|(key, _)| key % 2 != 0).count();
    counted(odd, &|| map.retain(|key, _| key % 2 == 0));
    counted(0, &|| {
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
fn a_map_for_many_keys_has_more_shards_and_a_small_one_has_not() {
    let shards = |keys| SafeMap::<u64, u64>::with_capacity(keys).shard_count();
    let least = SafeMap::<u64, u64>::new().shard_count();
    assert_eq!([0, 1, 1000].map(shards), [least; 3]);
    assert!(shards(1_000_000) > least && shards(1_000_000) <= 32 * least);
    assert!(shards(1_000_000).is_power_of_two());
    let map = SafeMap::with_capacity(10_000);
    (0..10_000).for_each(|key| assert_eq!(map.insert(key, key), None));
    assert!((0..10_000).all(|key| map.get(&key) == Some(key)));
}

#[test]
fn a_map_that_fills_has_more_shards_and_one_of_so_many_has_not() {
    let (map, fixed) = (SafeMap::new().cut_at(448, 16), SafeMap::with_shards(4));
    let few = map.shard_count();
    let keys = few * 2_000;
    for key in 0..keys {
        assert_eq!((map.insert(key, key), fixed.insert(key, key)), (None, None));
    }
    let many = SafeMap::<usize, usize>::with_capacity(keys).shard_count();
    assert!((few + 1..=many).contains(&map.shard_count()), "{few} to {}", map.shard_count());
    assert_eq!(fixed.shard_count(), 4);
    assert!((0..keys).all(|key| map.get(&key) == Some(key)));
    map.clear();
    assert_eq!((map.len(), map.get(&7)), (0, None));
    let parts = SafeMap::<u8, u8>::with_shards(32_768).cut_at(0, 16);
    (0..=255).for_each(|key| _ = parts.insert(key, key));
    assert!(parts.shard_count() <= 65_536);
    assert!((0..=255).all(|key| parts.get(&key) == Some(key)));
}

#[test]
fn each_shard_has_its_own_cache_lines() {
    let mut layouts = Vec::new();
    SafeMap::<String, String>::layouts(&mut layouts);
    let shard = layouts.iter().find(|layout| layout.name.starts_with("Shard")).expect("declared");
    let line = if cfg!(target_arch = "aarch64") { 128 } else { 64 };
    assert_eq!((shard.size % line, shard.align), (0, line));
    // A debug build has a list of who holds the lock besides.
    assert!(cfg!(debug_assertions) || shard.size == line, "{}", shard.size);
}

#[test]
fn can_be_shared_and_sent() {
    fn shared<T: Send + Sync + std::panic::UnwindSafe + std::panic::RefUnwindSafe>() {}
    fn sent<T: Send>() {}
    shared::<SafeMap<String, Vec<u8>>>();
    // A `Cell` may move to another thread but not be seen by two: neither may a map of them.
    sent::<SafeMap<u8, std::cell::Cell<u8>>>();
}
