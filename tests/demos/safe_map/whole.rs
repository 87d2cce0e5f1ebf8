//! The methods that look at the whole map, while others change it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

use super::SafeMap;
use super::support::{Random, must_end};

/// Runs `change` over and over on a thread while `look` runs.
fn while_changing(change: impl FnMut() + Send, look: impl FnOnce()) {
    /// Ends the changing thread, also when `look` panics.
    struct Stop<'a>(&'a AtomicBool);
    impl Drop for Stop<'_> {
        fn drop(&mut self) {
            self.0.store(true, Relaxed);
        }
    }
    let stop = AtomicBool::new(false);
    let mut change = change;
    thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(Relaxed) {
                change();
                thread::yield_now();
            }
        });
        let _stop = Stop(&stop);
        look();
    });
}

#[test]
fn a_key_that_stays_is_seen_exactly_once() {
    must_end(|| {
        let map = SafeMap::with_shards(4);
        (&map).extend((0..100).map(|key| (key, key)));
        let mut random = Random::new(1);
        let change = || {
            // The others come and go, and the tables grow and shrink.
            let key = 100 + random.below(1000);
            map.insert(key, key);
            map.remove(&(100 + random.below(1000)));
            if random.below(200) == 0 {
                map.retain(|key, _| *key < 100);
            }
        };
        while_changing(change, || {
            for _ in 0..200 {
                let mut seen = HashMap::new();
                map.for_each(|&key, &value| {
                    assert_eq!(key, value);
                    *seen.entry(key).or_insert(0) += 1;
                });
                assert!(seen.values().all(|times| *times == 1), "seen twice");
                assert!((0..100).all(|key| seen.contains_key(&key)), "missed");
                assert!(map.len() >= 100 && !map.is_empty());
            }
        });
    });
}

#[test]
fn one_shard_is_seen_at_one_moment() {
    must_end(|| {
        let map = SafeMap::with_shards(1);
        let mut round = 0;
        let change = || {
            // "second" never runs ahead of "first", and never falls back by two.
            round += 1;
            map.insert("first", round);
            map.insert("second", round);
        };
        while_changing(change, || (0..2000).for_each(|_| in_step(map.snapshot())));
    });
}

#[test]
fn all_shards_are_seen_at_one_moment_when_asked() {
    must_end(|| {
        let map = SafeMap::with_shards(64);
        let mut round = 0;
        let change = || {
            round += 1;
            map.insert("first", round);
            map.insert("second", round);
        };
        while_changing(change, || {
            (0..2000).for_each(|_| in_step(map.snapshot_at_one_moment()));
        });
    });
}

fn in_step(snapshot: Vec<(&str, u64)>) {
    let at = |name| snapshot.iter().find(|pair| pair.0 == name).map_or(0, |pair| pair.1);
    let (first, second) = (at("first"), at("second"));
    assert!(first == second || first == second + 1, "{first} {second} never were together");
}

#[test]
fn clear_takes_what_was_there_before_it_began() {
    must_end(|| {
        let map = SafeMap::with_shards(4);
        let mut fresh = 1000;
        let change = || {
            fresh += 1;
            map.insert(fresh, 0);
        };
        while_changing(change, || {
            for round in 0..200 {
                (&map).extend((0..20).map(|key| (key, round)));
                map.clear();
                assert!((0..20).all(|key| !map.contains_key(&key)));
            }
        });
    });
}

#[test]
fn two_snapshots_of_one_moment_do_not_lock_each_other_out() {
    must_end(|| {
        let map = SafeMap::with_shards(8);
        thread::scope(|scope| {
            for number in 0..2 {
                let map = &map;
                scope.spawn(move || {
                    for key in 0..500 {
                        map.insert(key * 2 + number, ());
                        assert!(map.snapshot_at_one_moment().len() > key);
                    }
                });
            }
        });
        assert_eq!(map.snapshot_at_one_moment().len(), 1000);
    });
}

#[test]
fn a_scan_that_has_found_what_it_looks_for_goes_no_further() {
    let map: SafeMap<u64, u64> = (0..100).map(|key| (key, key * 2)).collect();
    let mut seen = 0;
    let found = map.find_map(|key, value| {
        seen += 1;
        (seen == 3).then_some((*key, *value))
    });
    let (key, value) = found.expect("there are more than three");
    assert_eq!((seen, map.get(&key)), (3, Some(value)));
    assert_eq!(map.find_map(|key, _| (*key == 100).then_some(())), None);
}

#[test]
fn a_loop_over_the_map_may_call_it() {
    must_end(|| {
        let map = SafeMap::with_shards(4);
        (&map).extend((0..100).map(|key| (key, key)));
        let mut seen = Vec::new();
        for (key, value) in &map {
            // A lock that is held here would be waited for by this thread itself.
            map.insert(key, value + 1);
            map.remove(&(key + 1000));
            seen.push((key, value));
        }
        seen.sort();
        assert_eq!(seen, (0..100).map(|key| (key, key)).collect::<Vec<_>>());
        assert_eq!(map.iter().map(|(key, value)| value - key).sum::<u64>(), 100);
        assert!(SafeMap::<u8, u8>::new().iter().next().is_none());
    });
}
