//! Keys and values are dropped when no lock is held: here their `Drop` locks every shard itself.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use super::SafeMap;
use super::support::{Echo, EchoMap, must_end, panic_of};

/// Runs `work` on a map of one shard and says how many keys and values were dropped.
fn drops(work: impl Fn(&Arc<EchoMap>, &dyn Fn(u64) -> Echo) + Send + 'static) -> usize {
    let drops = Arc::new(AtomicUsize::new(0));
    let counted = drops.clone();
    must_end(move || {
        let map = Arc::new(SafeMap::with_shards(1));
        let echo = |name| Echo::new(name, &map, &drops);
        // Not inserted but computed: the mark's key must not be dropped under the lock either.
        map.get_or_insert_with(echo(1), || echo(10));
        map.insert(echo(2), echo(20));
        drops.store(0, Relaxed);
        work(&map, &echo);
        // What is still in the map is not counted.
        std::mem::forget(map);
    });
    counted.load(Relaxed)
}

#[test]
fn insert_drops_the_spare_key_and_returns_the_old_value() {
    assert_eq!(drops(|map, echo| drop(map.insert(echo(1), echo(11)))), 2);
}

#[test]
fn remove_drops_the_key_and_returns_the_value() {
    assert_eq!(drops(|map, echo| drop((map.remove(&echo(1)), echo(0)))), 4);
}

#[test]
fn clear_drops_everything() {
    assert_eq!(drops(|map, _| map.clear()), 4);
}

#[test]
fn retain_drops_what_is_refused() {
    assert_eq!(drops(|map, _| map.retain(|key, _| key.name == 1)), 2);
}

#[test]
fn replace_with_returns_the_old_value() {
    let replaced = |map: &Arc<EchoMap>, echo: &dyn Fn(u64) -> Echo| {
        let key = echo(1);
        let new = echo(11);
        let old = map.replace_with(&key, |_| new);
        assert_eq!(old.map(|old| old.name), Some(10));
        std::mem::forget(key);
    };
    assert_eq!(drops(replaced), 1);
}

#[test]
fn a_panicking_update_drops_the_entry() {
    let panicking = |map: &Arc<EchoMap>, echo: &dyn Fn(u64) -> Echo| {
        let key = echo(1);
        panic_of(|| map.update(&key, |_| panic!("half way")));
        std::mem::forget(key);
    };
    assert_eq!(drops(panicking), 2);
}

#[test]
fn a_panicking_retain_drops_the_entry() {
    assert_eq!(drops(|map, _| drop(panic_of(|| map.retain(|_, _| panic!("half way"))))), 2);
}

#[test]
fn a_panicking_computation_drops_the_key() {
    let panicking = |map: &Arc<EchoMap>, echo: &dyn Fn(u64) -> Echo| {
        panic_of(|| map.get_or_insert_with(echo(3), || panic!("no value")));
    };
    assert_eq!(drops(panicking), 1);
}

#[test]
fn an_overruled_computation_drops_its_value_and_its_key() {
    let overruled = |map: &Arc<EchoMap>, echo: &dyn Fn(u64) -> Echo| {
        let value = map.get_or_insert_with(echo(3), || {
            // This drops the mark's key.
            assert!(map.insert(echo(3), echo(31)).is_none());
            echo(30)
        });
        assert_eq!(value.name, 30);
    };
    // The mark's key, the value that was not stored, and the caller's copy of it.
    assert_eq!(drops(overruled), 3);
}

#[test]
fn a_hit_of_get_or_insert_with_drops_the_key() {
    let hit = |map: &Arc<EchoMap>, echo: &dyn Fn(u64) -> Echo| {
        let value = map.get_or_insert_with(echo(1), || unreachable!("there is a value"));
        assert_eq!(value.name, 10);
    };
    assert_eq!(drops(hit), 2);
}
