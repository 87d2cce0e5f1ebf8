//! The lock of SafeMap's shards on real threads: it parks, it lets readers in together, and what a
//! write costs does not grow with the processors.

mod counted;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use racelab_demos::safe_map::lock::native::source::{Lobby, Lock, Tuning};

use super::support::must_end;

const PATIENT: Tuning = Tuning { slots: 4, spins: 100, looks: 8 };

#[test]
fn readers_are_in_together() {
    must_end(|| {
        let (lock, lobby) = (Lock::new(1, 7), Lobby::new(PATIENT));
        let held = lock.read(&lobby);
        let seen =
            thread::scope(|scope| scope.spawn(|| (*lock.read(&lobby), *lock.look(&lobby))).join());
        assert_eq!(seen.expect("no panic"), (*held, *held));
    });
}

#[test]
fn who_waits_parks_and_wakes() {
    must_end(|| {
        let (lock, lobby) = (Lock::new(1, 0), Lobby::new(PATIENT));
        thread::scope(|scope| {
            let mut held = lock.write(&lobby);
            let (tell, told) = mpsc::channel();
            for _ in 0..8 {
                let (lock, lobby, tell) = (&lock, &lobby, tell.clone());
                scope.spawn(move || {
                    tell.send(()).expect("somebody listens");
                    *lock.write(lobby) += 1;
                    assert!(*lock.look(lobby) > 0 && *lock.read(lobby) > 0);
                });
            }
            (0..8).for_each(|_| told.recv().expect("each says so"));
            thread::sleep(Duration::from_millis(20));
            *held += 1;
        });
        assert_eq!(*lock.look(&lobby), 9);
    });
}

/// Each way in and out, with threads that spin, park, meet and are biased all the time.
#[test]
fn nothing_is_lost_however_patient_it_is() {
    for tuning in [PATIENT, Tuning { looks: 0, ..PATIENT }, Tuning { slots: 1, spins: 0, looks: 1 }]
    {
        must_end(move || {
            let (lock, lobby) = (Lock::new(1, (0u64, 0u64)), Lobby::new(tuning));
            thread::scope(|scope| {
                for number in 0..6 {
                    let (lock, lobby) = (&lock, &lobby);
                    scope.spawn(move || {
                        for step in 0..5_000 {
                            if step % 16 == number {
                                let mut pair = lock.write(lobby);
                                pair.0 += 1;
                                pair.1 += 1;
                            } else {
                                let way = step % 3 == 0;
                                let pair = if way { lock.read(lobby) } else { lock.look(lobby) };
                                assert_eq!(pair.0, pair.1);
                            }
                        }
                    });
                }
            });
            let writes = (0..6).map(|number| (0..5_000).filter(|step| step % 16 == number).count());
            assert_eq!(lock.look(&lobby).0, writes.sum::<usize>() as u64);
        });
    }
}

#[test]
fn a_panic_leaves_it_open() {
    let (lock, lobby) = (Lock::new(1, 0), Lobby::new(PATIENT));
    let panics = |work: &dyn Fn()| {
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).expect_err("it panics");
    };
    panics(&|| {
        let _held = lock.write(&lobby);
        panic!("while writing");
    });
    panics(&|| {
        let (_held, _too) = (lock.read(&lobby), lock.read(&lobby));
        panic!("while reading");
    });
    *lock.write(&lobby) += 1;
    assert_eq!(*lock.look(&lobby), 1);
}
