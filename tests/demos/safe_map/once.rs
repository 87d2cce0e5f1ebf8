//! `get_or_insert_with` computes once per key, whoever asks and whatever the computation does.

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Barrier, mpsc};
use std::thread;

use super::SafeMap;
use super::support::{must_end, panic_of};

#[test]
fn once_per_key_with_many_threads() {
    must_end(|| {
        let map = SafeMap::with_shards(2);
        let computed = [const { AtomicUsize::new(0) }; 50];
        let start = Barrier::new(8);
        thread::scope(|scope| {
            for number in 0..8 {
                let (map, computed, start) = (&map, &computed, &start);
                scope.spawn(move || {
                    start.wait();
                    for (key, computed) in computed.iter().enumerate() {
                        let value = map.get_or_insert_with(key, || {
                            computed.fetch_add(1, Relaxed);
                            thread::yield_now();
                            (key, number)
                        });
                        assert_eq!(map.get(&key), Some(value));
                    }
                });
            }
        });
        assert!(computed.iter().all(|computed| computed.load(Relaxed) == 1));
        assert_eq!(map.len(), 50);
    });
}

#[test]
fn the_second_waits_for_the_first() {
    must_end(|| {
        let map = Arc::new(SafeMap::new());
        let (computing, is_computing) = mpsc::channel();
        let (let_go, go) = mpsc::channel();
        let first = {
            let map = map.clone();
            thread::spawn(move || {
                map.get_or_insert_with("key", || {
                    computing.send(()).expect("the test waits for this");
                    go.recv().expect("the test sends this");
                    1
                })
            })
        };
        is_computing.recv().expect("the first computes");
        let second = {
            let map = map.clone();
            thread::spawn(move || map.get_or_insert_with("key", || 2))
        };
        // The key has no value as long as it is being computed.
        assert_eq!((map.get("key"), map.len(), map.contains_key("key")), (None, 0, false));
        assert_eq!(map.update("key", |_| ()), None);
        map.retain(|_, _| false);
        let_go.send(()).expect("the first waits for this");
        assert_eq!(first.join().expect("no panic"), 1);
        assert_eq!(second.join().expect("no panic"), 1);
    });
}

#[test]
fn a_computation_may_use_the_map() {
    must_end(|| {
        // One shard: every key is a neighbour of the one that is computed.
        let map = SafeMap::with_shards(1);
        let value = map.get_or_insert_with(1, || {
            map.insert(2, 20);
            let third = map.get_or_insert_with(3, || map.get(&2).expect("just inserted") + 10);
            map.update(&2, |value| *value += 1);
            third + map.len() as u64
        });
        assert_eq!((value, map.get(&1), map.get(&2)), (32, Some(32), Some(21)));
    });
}

#[test]
fn a_computation_that_asks_for_its_own_key_panics() {
    must_end(|| {
        let map = SafeMap::new();
        let message = panic_of(|| map.get_or_insert_with(1, || map.get_or_insert_with(1, || 2)));
        assert!(message.contains("its own key"), "{message}");
        assert_eq!(map.get_or_insert_with(1, || 3), 3);
    });
}

#[test]
fn after_a_panic_the_next_in_line_computes() {
    must_end(|| {
        let map = SafeMap::new();
        let asked = AtomicUsize::new(0);
        let panics = AtomicUsize::new(0);
        let start = Barrier::new(6);
        thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    start.wait();
                    let computed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                        map.get_or_insert_with("key", || {
                            thread::yield_now();
                            // The first three to compute fail.
                            let turn = asked.fetch_add(1, Relaxed);
                            assert!(turn >= 3, "computation fails");
                            turn
                        })
                    }));
                    match computed {
                        Ok(value) => assert_eq!(value, 3),
                        Err(_) => drop(panics.fetch_add(1, Relaxed)),
                    }
                });
            }
        });
        assert_eq!((asked.load(Relaxed), panics.load(Relaxed)), (4, 3));
        assert_eq!(map.get("key"), Some(3));
    });
}
