//! loom as a second opinion: in each program an exact engine says something else, and what loom is
//! known to get wrong there is named.

use racelab::explore::{GRAPHS, LOOM};
use racelab::report::{BlindSpot, Report, Verdict};
use racelab::second;

use crate::explore;

/// Two threads on three words; what both have read says how it ends.
macro_rules! program {
    ($name:ident, $left:expr, $right:expr, $wrong:expr) => {
        racelab::scenario!(
            pub mod $name {
                #[allow(unused_imports)]
                use super::rt::sync::{
                    Mutex,
                    atomic::{AtomicU64, Ordering::*, fence},
                };
                #[allow(unused_imports)]
                use super::rt::thread::yield_now;
                use racelab::{Outcome, Race, Saw, actor, outcomes};
                pub struct Memory {
                    x: AtomicU64,
                    y: AtomicU64,
                    one: Mutex<u64>,
                    two: Mutex<u64>,
                }
                racelab::fields!(Memory {
                    x: left | right,
                    y: left | right,
                    one: left | right,
                    two: left | right
                });
                outcomes! {
                    RIGHT: Allowed, "as it may be";
                    WRONG: Forbidden, "as it may not be";
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory {
                        x: AtomicU64::new(0),
                        y: AtomicU64::new(0),
                        one: Mutex::new(0),
                        two: Mutex::new(0),
                    },
                    &[actor("left", left), actor("right", right)],
                    outcome,
                    OUTCOMES,
                );
                fn left(memory: &Memory, saw: &mut Saw) {
                    let run: fn(&Memory, &mut Saw) = $left;
                    run(memory, saw);
                }
                fn right(memory: &Memory, saw: &mut Saw) {
                    let run: fn(&Memory, &mut Saw) = $right;
                    run(memory, saw);
                }
                fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
                    let wrong: fn(&[u64], &[u64]) -> bool = $wrong;
                    if wrong(saws[0].values(), saws[1].values()) { WRONG } else { RIGHT }
                }
            }
        );
    };
}

program!(
    adds_and_store,
    |m, saw| {
        m.x.store(1, Relaxed);
        saw.note(m.x.load(Relaxed));
    },
    |m, saw| saw.note(m.x.fetch_add(2, Relaxed)),
    |left, right| left[0] == 2 && right[0] == 0
);
program!(
    both_announce,
    |m, saw| {
        m.x.store(1, SeqCst);
        saw.note(m.y.load(SeqCst));
    },
    |m, saw| {
        m.y.store(1, SeqCst);
        saw.note(m.x.load(SeqCst));
    },
    |left, right| left[0] == 0 && right[0] == 0
);
program!(
    own_later_store,
    |m, saw| {
        m.x.store(1, Relaxed);
        m.x.store(2, Relaxed);
        saw.note(m.x.load(Relaxed));
    },
    |m, saw| {
        m.x.store(3, Relaxed);
        saw.note(m.x.load(Relaxed));
    },
    |left, _| left[0] == 1
);
program!(
    lost_order,
    |m, saw| {
        saw.note(m.x.load(Relaxed));
        m.x.store(2, Relaxed);
    },
    |m, saw| {
        m.x.store(3, Relaxed);
        saw.note(m.x.load(Relaxed));
    },
    |left, right| left[0] == 3 && right[0] == 2
);
program!(
    tries_in_turn,
    |m, _| {
        let one = m.one.lock().unwrap();
        let _ = m.two.lock().map(|mut two| *two += *one);
    },
    |m, _| loop {
        let two = m.two.lock().unwrap();
        if let Ok(mut one) = m.one.try_lock() {
            *one += *two;
            break;
        }
        drop(two);
        yield_now();
    },
    |_, _| false
);

/// What loom says when graphs has decided, and what is said of that.
#[track_caller]
fn overruled(scenario: &racelab::Scenario, decided: Verdict, cause: BlindSpot) -> Report {
    let mut reports = [explore(scenario, GRAPHS), explore(scenario, LOOM)];
    assert_eq!(reports[0].verdict(), decided);
    second::weigh(&mut reports);
    let [_, loom] = reports;
    let second = loom.second.clone().expect("a second opinion");
    assert!(second.overruled, "loom agrees: {loom}");
    assert!(second.causes.contains(&cause), "{:?}", second.causes);
    loom
}

#[test]
fn a_store_beside_an_addition() {
    overruled(&adds_and_store::SCENARIO, Verdict::Passed, BlindSpot::StoreAgainstRmw);
}

#[test]
fn accesses_that_are_sequentially_consistent() {
    overruled(&both_announce::SCENARIO, Verdict::Passed, BlindSpot::SeqcstAccess);
}

#[test]
fn an_order_of_stores_that_is_none() {
    overruled(&own_later_store::SCENARIO, Verdict::Passed, BlindSpot::IncoherentOrder);
}

#[test]
fn an_interleaving_that_loom_does_not_try() {
    let loom = overruled(&lost_order::SCENARIO, Verdict::Caught, BlindSpot::LostInterleavings);
    assert_eq!(loom.verdict(), Verdict::Passed);
    assert!(loom.to_string().contains("tokio-rs/loom#166"), "{loom}");
}

#[test]
fn a_lock_that_is_tried_for() {
    overruled(&tries_in_turn::SCENARIO, Verdict::Passed, BlindSpot::TryLock);
}

/// Nobody's right code fails for loom's sake.
#[test]
fn what_loom_alone_objects_to_passes() {
    let scenario = &both_announce::SCENARIO;
    let checked = racelab::explore_both(scenario, &racelab::Budget::default());
    assert!(checked.passed(), "{checked}");
    assert!(checked.to_string().contains("a false alarm"), "{checked}");
}

/// What two engines of three would have passed does not.
#[test]
fn what_loom_alone_passes_fails() {
    let checked = racelab::explore_both(&lost_order::SCENARIO, &racelab::Budget::default());
    assert!(!checked.passed());
}
