//! Counters that cost nothing when nobody counts, and that count right when somebody does.

use std::hash::RandomState;
use std::thread;

use racelab::Fields;
use racelab_demos::safe_map::{Counters, Counts};

use super::SafeMap;

#[test]
fn each_call_is_counted_once() {
    let map = SafeMap::with_shards(2).observed_by(Counters::default());
    for key in 0..10 {
        map.insert(key, key);
        map.insert(key, key);
        assert_eq!(map.insert_if_absent(key, key), Err(key));
    }
    assert_eq!((map.get(&1), map.get(&10), map.contains_key(&2)), (Some(1), None, true));
    assert_eq!(map.with(&11, |value| *value), None);
    assert_eq!(map.get_or_insert_with(3, || 0), 3);
    assert_eq!(map.get_or_insert_with(12, || 12), 12);
    map.for_each(|_, _| ());
    map.remove(&1);
    let counts = map.observer().counts();
    assert_eq!(counts, Counts { hits: 3, misses: 3, inserts: 11, contended: 0 });
}

#[test]
fn who_meets_somebody_is_counted() {
    let map = SafeMap::with_shards(1).observed_by(Counters::default());
    map.insert(1, 1);
    thread::scope(|scope| {
        map.update(&1, |value| {
            let late = scope.spawn(|| map.get(&1));
            while map.observer().counts().contended == 0 {
                thread::yield_now();
            }
            *value = 2;
            late
        })
        .expect("it is there")
        .join()
        .expect("no panic")
    });
    let counts = map.observer().counts();
    assert_eq!((counts.contended, counts.hits, counts.inserts), (1, 1, 1));
}

#[test]
fn threads_do_not_share_what_they_count_in() {
    let mut layouts = Vec::new();
    Counters::layouts(&mut layouts);
    let place = layouts.iter().find(|layout| layout.name.starts_with("Place")).expect("declared");
    assert_eq!((place.size % 128, place.align), (0, 128));
    // Of each count one thread is the writer, and it is the same for all of them.
    assert!(place.fields.iter().all(|field| field.writers == ["owner"]), "{place:?}");
}

#[test]
fn nobody_who_listens_takes_no_room() {
    let (off, on) =
        (size_of::<SafeMap<u64, u64>>(), size_of::<SafeMap<u64, u64, RandomState, Counters>>());
    assert_eq!(off, size_of::<SafeMap<u64, u64, RandomState, ()>>());
    // All that a call reads of the map itself is on one cache line.
    let line = if cfg!(target_arch = "aarch64") { 128 } else { 64 };
    assert_eq!(off, line);
    assert!(on >= off);
}
