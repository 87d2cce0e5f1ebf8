//! What becomes of a computation when somebody else inserts or removes its key meanwhile.

use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use super::SafeMap;
use super::support::must_end;

/// Computes key 1 as 10 on a thread, does `meanwhile`, and returns what the computing thread got.
fn computing(map: &Arc<SafeMap<u64, u64>>, meanwhile: impl FnOnce()) -> u64 {
    let (computing, is_computing) = mpsc::channel();
    let (let_go, go) = mpsc::channel();
    let thread = {
        let map = map.clone();
        thread::spawn(move || {
            map.get_or_insert_with(1, || {
                computing.send(()).expect("the test waits for this");
                go.recv().expect("the test sends this");
                10
            })
        })
    };
    is_computing.recv().expect("it computes");
    meanwhile();
    let_go.send(()).expect("the computation waits for this");
    thread.join().expect("no panic")
}

#[test]
fn an_insert_stays() {
    must_end(|| {
        let map = Arc::new(SafeMap::new());
        let got = computing(&map, || assert_eq!(map.insert(1, 11), None));
        assert_eq!((got, map.snapshot()), (10, vec![(1, 11)]));
    });
}

#[test]
fn a_removed_key_does_not_come_back() {
    must_end(|| {
        let map = Arc::new(SafeMap::new());
        let got = computing(&map, || assert_eq!(map.remove(&1), None));
        assert_eq!((got, map.get(&1)), (10, None));
        let got = computing(&map, || map.clear());
        assert_eq!((got, map.get(&1)), (10, None));
    });
}

#[test]
fn after_a_removal_another_computes_at_once() {
    must_end(|| {
        another_computes_after(|map| _ = map.remove(&1));
        another_computes_after(SafeMap::clear);
    });
}

/// Whoever waits for a computation need not wait for its end when `remove` has overruled it.
fn another_computes_after(remove: impl FnOnce(&SafeMap<u64, u64>)) {
    let map = Arc::new(SafeMap::new());
    let other = map.clone();
    let mut other_got = None;
    let got = computing(&map, || {
        let waiter = thread::spawn(move || other.get_or_insert_with(1, || 12));
        // Time to begin to wait; should it come later, it computes all the same.
        thread::sleep(Duration::from_millis(20));
        remove(&map);
        other_got = Some(waiter.join().expect("no panic"));
    });
    assert_eq!((got, other_got, map.get(&1)), (10, Some(12), Some(12)));
}

#[test]
fn an_insert_wakes_those_who_wait() {
    must_end(|| {
        let map = Arc::new(SafeMap::new());
        let got = computing(&map, || {
            let waiters: Vec<_> = (0..3)
                .map(|_| {
                    let map = map.clone();
                    thread::spawn(move || map.get_or_insert_with(1, || unreachable!("inserted")))
                })
                .collect();
            map.insert(1, 11);
            for waiter in waiters {
                assert_eq!(waiter.join().expect("no panic"), 11);
            }
        });
        assert_eq!((got, map.get(&1)), (10, Some(11)));
    });
}
