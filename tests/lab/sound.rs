//! No undefined behaviour from safe code: what belongs to no execution, or to another, is refused,
//! and a lock that is left out hands out no second reference.

use racelab::explore::{GRAPHS, LOOM, REDUCED};
use racelab::report::Verdict;
use std::panic::{AssertUnwindSafe, catch_unwind};

use racelab::explore::Budget;
use racelab::explore::weaken::{How, Need, weaken};
use racelab::rt::shuttle::sync::Mutex;
use racelab::rt::shuttle::sync::atomic::{AtomicU64, Ordering::SeqCst};

#[test]
#[should_panic(expected = "outside of an exploration")]
fn an_atomic_outside_of_an_exploration_is_refused() {
    AtomicU64::new(0).fetch_add(1, SeqCst);
}

/// Its value is read by nobody else's thread either.
#[test]
fn two_threads_of_the_system_cannot_race_on_it() {
    let counter = AtomicU64::new(7);
    std::thread::scope(|scope| {
        let adder = || catch_unwind(AssertUnwindSafe(|| counter.fetch_add(1, SeqCst))).is_err();
        assert!(scope.spawn(adder).join().unwrap() && scope.spawn(adder).join().unwrap());
    });
    assert_eq!(format!("{counter:?}"), "_");
    assert_eq!(counter.into_inner(), 7);
}

#[test]
#[should_panic(expected = "outside of an exploration")]
fn a_lock_outside_of_an_exploration_is_refused() {
    let mutex = Mutex::new(vec![7; 4]);
    let _guard = mutex.lock();
}

racelab::scenario!(
    mod kept {
        use super::rt::sync::{
            Mutex,
            atomic::{AtomicU64, Ordering::Relaxed},
        };
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            list: Mutex<Vec<u64>>,
            word: AtomicU64,
        }
        racelab::fields!(Memory { list: left | right, word: left | right });
        outcomes! { BOTH: Allowed, "as it should be"; OTHER: Forbidden, "freed memory was read"; }
        fn act(memory: &Memory, _: &mut Saw) {
            let mut guard = memory.list.lock().unwrap();
            let list: &mut Vec<u64> = &mut guard;
            let first: &mut u64 = &mut list[0];
            // Another may run here, with `first` alive.
            memory.word.load(Relaxed);
            *first += 1;
            *list = vec![list[0]; 64];
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { list: Mutex::new(vec![0]), word: AtomicU64::new(0) },
            &[actor("left", act), actor("right", act)],
            outcome,
            OUTCOMES,
        );
        fn outcome(memory: &Memory, _: &[Saw]) -> Outcome {
            if memory.list.lock().unwrap()[0] == 2 { BOTH } else { OTHER }
        }
    }
);

/// The execution ends before a reference is handed out beside the one that is kept.
#[test]
fn a_lock_that_is_left_out_is_a_race_before_it_is_one() {
    for engines in [[REDUCED], [LOOM]] {
        let table = weaken(&kept::SCENARIO, &engines, &Budget::default());
        let lock: Vec<_> = table.rows.iter().filter(|row| row.what.operation == "lock").collect();
        assert!(!lock.is_empty() && lock.iter().all(|row| row.verdict == Need::Needed), "{lock:?}");
    }
}

racelab::scenario!(
    mod unwinding {
        use super::rt::sync::Mutex;
        use racelab::{Race, Saw, actor, outcomes};
        pub struct Memory {
            list: Mutex<Vec<u64>>,
        }
        racelab::fields!(Memory { list: left | right });
        outcomes! { ENDED: Allowed, "as it may"; }
        struct Late<'a>(&'a Mutex<Vec<u64>>);
        impl Drop for Late<'_> {
            fn drop(&mut self) {
                self.0.lock().unwrap_or_else(|poison| poison.into_inner()).push(1);
            }
        }
        fn act(memory: &Memory, _: &mut Saw) {
            let _late = Late(&memory.list);
            // The guard is given back before `_late` is dropped.
            let _guard = memory.list.lock();
            panic!("on purpose");
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { list: Mutex::new(Vec::new()) },
            &[actor("left", act), actor("right", |memory, _| drop(memory.list.lock()))],
            |_, _| ENDED,
            OUTCOMES,
        )
        .panics();
    }
);

/// A lock is taken by two threads that unwind at once.
#[test]
fn a_lock_is_taken_while_unwinding() {
    for engine in [REDUCED, GRAPHS] {
        let report = crate::explore(&unwinding::SCENARIO, engine);
        assert_eq!(report.verdict(), Verdict::Passed, "{report}");
    }
}

racelab::scenario!(mod mailbox = "missed_wakeup/fixed.rs", judged by "missed_wakeup/race.rs");
racelab::scenario!(mod mailbox_broken = "missed_wakeup/broken.rs", judged by "missed_wakeup/race.rs");

/// A lock that is left out around a condition variable is not as if the thread woke at once.
#[test]
fn a_lock_around_a_condition_variable_is_needed() {
    let broken = crate::explore(&mailbox_broken::SCENARIO, REDUCED);
    let kind = broken.failure.map(|failure| failure.kind);
    assert_eq!(kind, Some(racelab::report::Kind::Deadlock));
    for engines in [&[REDUCED][..], &[REDUCED, LOOM]] {
        let table = weaken(&mailbox::SCENARIO, engines, &Budget::default());
        assert_eq!(table.refused, None);
        let locks: Vec<_> = table.rows.iter().filter(|row| row.what.how == How::LeftOut).collect();
        assert_eq!(locks.len(), 2, "{:?}", table.rows);
        assert!(locks.iter().all(|row| row.verdict == Need::Needed), "{locks:?}");
    }
}
