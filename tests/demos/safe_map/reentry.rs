//! Debug builds notice a call into a map from code that runs under one of its locks.

use std::thread;

use super::SafeMap;
use super::support::{must_end, panic_of};

#[test]
fn is_noticed_wherever_it_would_hang() {
    must_end(|| {
        let map = SafeMap::with_shards(1);
        map.insert(1, 1);
        map.insert(2, 2);
        let noticed = |work: &dyn Fn()| {
            let message = panic_of(work);
            assert!(message.contains("under the lock of this very map"), "{message}");
            // Nothing is left behind: the map works, and so does the guard rail.
            assert!(map.contains_key(&2));
        };
        noticed(&|| _ = map.with(&1, |_| map.get(&2)));
        noticed(&|| _ = map.with(&1, |_| map.insert(2, 2)));
        noticed(&|| _ = map.replace_with(&1, |_| map.len() as u64));
        noticed(&|| map.for_each(|_, _| map.clear()));
        noticed(&|| _ = map.update(&1, |_| map.remove(&2)));
        // A panicking update removed it.
        map.insert(1, 1);
        noticed(&|| map.retain(|key, _| *key == 2 || map.is_empty()));
    });
}

#[test]
fn is_not_confused_by_other_threads_or_shards() {
    must_end(|| {
        let map = SafeMap::with_shards(1);
        map.insert(1, 1);
        let other_map = SafeMap::with_shards(1);
        other_map.insert(1, 2);
        let sum = map.with(&1, |value| {
            // Another map, and readers on another thread, while this one reads.
            let read = thread::scope(|scope| scope.spawn(|| map.get(&1)).join());
            value + read.expect("no panic").expect("there") + other_map.get(&1).expect("there")
        });
        assert_eq!(sum, Some(4));
    });
}
