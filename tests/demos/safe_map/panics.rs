//! A panic in the caller's code: no half update is seen, no lock stays shut, nothing is poisoned.

use std::thread;

use super::SafeMap;
use super::support::{must_end, panic_of};

/// A map of one shard: key `n` holds a pair whose halves must be equal.
fn pairs() -> SafeMap<u64, (u64, u64)> {
    let map = SafeMap::with_shards(1);
    for key in 0..10 {
        map.insert(key, (key, key));
    }
    map
}

/// The map shows whole pairs only and still does everything, also for another thread.
fn is_sound(map: SafeMap<u64, (u64, u64)>) {
    let work = move |map: &SafeMap<u64, (u64, u64)>| {
        map.for_each(|_, pair| assert_eq!(pair.0, pair.1, "half an update"));
        map.insert(100, (1, 1));
        assert_eq!(map.update(&100, |pair| *pair = (2, 2)), Some(()));
        assert_eq!(map.replace_with(&100, |_| (3, 3)), Some((2, 2)));
        assert_eq!(map.remove(&100), Some((3, 3)));
        assert_eq!(map.get_or_insert_with(101, || (4, 4)), (4, 4));
        map.retain(|key, _| *key != 101);
        assert_eq!(map.snapshot().len(), map.len());
    };
    work(&map);
    must_end(move || {
        thread::spawn(move || {
            work(&map);
            map.clear();
            assert!(map.is_empty());
        })
        .join()
        .expect("another thread can use the map");
    });
}

#[test]
fn in_update_removes_the_entry() {
    let map = pairs();
    let message = panic_of(|| {
        map.update(&3, |pair| {
            pair.0 = 99;
            panic!("before the other half");
        })
    });
    assert_eq!(message, "before the other half");
    assert_eq!((map.get(&3), map.len()), (None, 9));
    is_sound(map);
}

#[test]
fn in_replace_with_changes_nothing() {
    let map = pairs();
    panic_of(|| map.replace_with(&3, |_| panic!("no new value")));
    assert_eq!((map.get(&3), map.len()), (Some((3, 3)), 10));
    is_sound(map);
}

#[test]
fn in_a_condition_changes_nothing() {
    let map = pairs();
    panic_of(|| map.replace_if(&3, (9, 9), |_| panic!("no answer")));
    panic_of(|| map.find_map(|_, _| -> Option<()> { panic!("while reading") }));
    assert_eq!((map.get(&3), map.len()), (Some((3, 3)), 10));
    is_sound(map);
}

#[test]
fn in_retain_removes_the_entry_and_keeps_the_rest() {
    let map = pairs();
    let mut asked = 0;
    panic_of(|| {
        map.retain(|_, pair| {
            asked += 1;
            pair.0 = pair.1 + 1;
            assert!(asked < 4, "before the other half");
            pair.1 += 1;
            asked != 1
        })
    });
    // One was refused, two kept, one in hand at the panic, six never asked about.
    assert_eq!((asked, map.len()), (4, 8));
    is_sound(map);
}

#[test]
fn in_a_reader_changes_nothing() {
    let map = pairs();
    panic_of(|| map.with(&3, |_| panic!("while reading")));
    panic_of(|| map.for_each(|_, _| panic!("while reading")));
    assert_eq!(map.len(), 10);
    is_sound(map);
}

#[test]
fn in_a_computation_leaves_the_key_absent() {
    let map = pairs();
    panic_of(|| map.get_or_insert_with(20, || panic!("no value")));
    assert_eq!((map.get(&20), map.len()), (None, 10));
    is_sound(map);
}

#[test]
fn in_a_comparison_changes_nothing() {
    #[derive(Clone, Debug)]
    struct Touchy(u64);
    impl PartialEq for Touchy {
        fn eq(&self, other: &Self) -> bool {
            assert!(self.0 != 13 && other.0 != 13, "will not be compared");
            self.0 == other.0
        }
    }
    impl Eq for Touchy {}
    impl std::hash::Hash for Touchy {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            0.hash(state);
        }
    }
    let map = SafeMap::with_shards(1);
    map.insert(Touchy(1), 1);
    panic_of(|| map.insert(Touchy(13), 0));
    panic_of(|| map.get(&Touchy(13)));
    panic_of(|| map.remove(&Touchy(13)));
    panic_of(|| map.update(&Touchy(13), |_| ()));
    panic_of(|| map.get_or_insert_with(Touchy(13), || 0));
    assert_eq!((map.len(), map.get(&Touchy(1))), (1, Some(1)));
    // Also while the key that it is compared with is being computed.
    let two = map.get_or_insert_with(Touchy(2), || {
        map.clear();
        panic_of(|| {
            map.get_or_insert_with(Touchy(3), || {
                panic_of(|| map.insert(Touchy(13), 0));
                panic!("{}", map.len())
            })
        });
        2
    });
    assert_eq!((two, map.len()), (2, 0));
    assert_eq!(map.get_or_insert_with(Touchy(2), || 3), 3);
}

/// A table that grows hashes its keys again, and so does a shard that is cut.
#[test]
fn in_a_hash_changes_nothing() {
    use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
    static TOUCHY: AtomicBool = AtomicBool::new(false);
    #[derive(Clone, Debug, PartialEq, Eq)]
    struct Key(u64);
    impl std::hash::Hash for Key {
        fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
            assert!(self.0 != 13 || !TOUCHY.load(Relaxed), "will not be hashed");
            self.0.hash(state);
        }
    }
    for map in [SafeMap::with_shards(1), SafeMap::with_shards(1).cut_at(6, 4)] {
        TOUCHY.store(false, Relaxed);
        map.insert(Key(13), 13);
        TOUCHY.store(true, Relaxed);
        let mut stored = vec![13];
        for key in 100..200 {
            let inserted = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                // Two ways to need more room.
                if key % 2 == 0 {
                    map.insert(Key(key), key);
                } else {
                    map.get_or_insert_with(Key(key), || key);
                }
            }));
            if inserted.is_ok() {
                stored.push(key);
            }
        }
        assert!(stored.len() < 101, "no table has grown");
        TOUCHY.store(false, Relaxed);
        assert_eq!(map.len(), stored.len());
        assert!(stored.iter().all(|&key| map.get(&Key(key)) == Some(key)));
        // What is refused is gone, though its hash panicked as it went; so is what was refused after.
        TOUCHY.store(true, Relaxed);
        let retained = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            map.retain(|key, _| key.0 != 13 && key.0 % 3 != 0);
        }));
        assert!(retained.is_err());
        TOUCHY.store(false, Relaxed);
        map.retain(|key, _| key.0 % 3 != 0);
        stored.retain(|&key| key != 13 && key % 3 != 0);
        assert_eq!(map.len(), stored.len());
        assert!(stored.iter().all(|&key| map.get(&Key(key)) == Some(key)));
        // Nobody waits for a computation that was given up.
        must_end(move || (100..200).for_each(|key| _ = map.get_or_insert_with(Key(key), || key)));
    }
}
