//! The execution that is shown: each change at its step, each stale read marked.

use racelab::explore::{BOUNDED, Budget, Engine, LOOM, REDUCED};
use racelab::report::{Failure, Kind, Step};

use crate::explore;

#[track_caller]
fn failure(scenario: &racelab::Scenario, engine: &'static dyn Engine, kind: Kind) -> Failure {
    let failure = explore(scenario, engine).failure.expect("it fails");
    assert_eq!(failure.kind, kind, "{failure:?}");
    failure
}

/// A word of the memory after a step.
fn word<'a>(step: &'a Step, name: &str) -> &'a str {
    let word = step.memory.iter().find(|word| word.0 == name);
    &word.unwrap_or_else(|| panic!("no {name} in {step:?}")).1
}

fn what(step: &Step) -> (&str, &str) {
    (step.field.as_str(), step.op.as_str())
}

racelab::scenario!(
    mod ring {
        use super::rt::cell::UnsafeCell;
        use super::rt::sync::atomic::{AtomicUsize, Ordering::*};
        use racelab::{Race, actor, outcomes};
        use std::mem::MaybeUninit;
        pub struct Ring {
            slots: Box<[UnsafeCell<MaybeUninit<String>>]>,
            tail: AtomicUsize,
        }
        racelab::fields!(Ring { slots: left -> right, tail: left -> right });
        outcomes! { FINE: Allowed, "the value, or none yet"; }
        pub const RACE: Race<Ring> = Race::new(
            || Ring {
                slots: (0..2).map(|_| UnsafeCell::new(MaybeUninit::uninit())).collect(),
                tail: AtomicUsize::new(0),
            },
            &[
                actor("left", |m, _| {
                    m.slots[0].with_mut(|slot| {
                        // Safety: the slot is valid in here, and the checkers perform no race.
                        unsafe { (*slot).write("a".to_string()) };
                    });
                    m.tail.store(1, Release);
                }),
                actor("right", |m, _| {
                    if m.tail.load(Relaxed) == 1 {
                        m.slots[0].with(|_| ());
                    }
                }),
            ],
            |_, _| FINE,
            OUTCOMES,
        );
    }
);

/// A cell that holds no word has no value to show; what comes after it is not shown with it.
#[test]
fn a_store_is_shown_at_its_own_step() {
    for engine in [REDUCED, LOOM] {
        let failure = failure(&ring::SCENARIO, engine, Kind::DataRace);
        let steps: Vec<_> = failure.steps.iter().map(what).collect();
        let all =
            [("slots[0]", "write"), ("tail", "store"), ("tail", "load"), ("slots[0]", "read")];
        assert_eq!(steps, all, "{engine:?}");
        assert_eq!(word(&failure.steps[0], "tail"), "0", "{engine:?}");
        assert_eq!(word(&failure.steps[1], "tail"), "1", "{engine:?}");
        // The last access is there under loom as well, and the words name it.
        let why = failure.why.to_string();
        assert!(
            why.starts_with("nothing orders two accesses to slots[0]: left writes at"),
            "{why}"
        );
        assert!(why.contains("right reads at"), "{why}");
    }
}

racelab::scenario!(
    mod guarded {
        use super::rt::sync::{
            Mutex, RwLock,
            atomic::{AtomicU64, Ordering::*},
        };
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            left: Mutex<u64>,
            right: Mutex<u64>,
            done: AtomicU64,
            shared: RwLock<u64>,
        }
        racelab::fields!(Memory {
            left: mover, right: mover, done: mover -> reader, shared: mover | reader
        });
        outcomes! { FINE: Allowed, "not yet"; SEEN: Forbidden, "the reader saw it"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory {
                left: Mutex::new(8),
                right: Mutex::new(8),
                done: AtomicU64::new(0),
                shared: RwLock::new(5),
            },
            &[
                actor("mover", |m, _| {
                    let mut left = m.left.lock().unwrap();
                    let mut right = m.right.lock().unwrap();
                    *left = 1;
                    *right = 2;
                    m.done.store(1, Release);
                    let shared = m.shared.read().unwrap();
                    assert!(m.shared.try_write().is_err());
                    drop(shared);
                }),
                actor("reader", |m, saw| saw.note(m.done.load(Acquire))),
            ],
            |_, saws| if saws[1].values() == [1] { SEEN } else { FINE },
            OUTCOMES,
        );
    }
);

#[test]
fn what_a_guard_writes_is_shown_before_what_comes_after() {
    for engine in [REDUCED, LOOM] {
        let failure = failure(&guarded::SCENARIO, engine, Kind::Forbidden);
        let of = |field, op| {
            let found = failure.steps.iter().find(|step| what(step) == (field, op));
            found.unwrap_or_else(|| panic!("no {field}.{op} in {:?}", failure.steps))
        };
        let memory =
            |step: &Step| ["left", "right", "done"].map(|name| word(step, name).to_string());
        assert_eq!(memory(of("left", "write")), ["1", "8", "0"], "{engine:?}");
        assert_eq!(memory(of("right", "write")), ["1", "2", "0"], "{engine:?}");
        assert_eq!(memory(of("done", "store")), ["1", "2", "1"], "{engine:?}");
        assert_eq!(of("left", "write").value.as_deref(), Some("1"));
        // An attempt says whether it came to anything.
        of("shared", "try_write_lock failed");
    }
}

/// Peterson's lock with Release and Acquire alone: a thread reads that the other does not want it,
/// from before the other wanted it. `$free` is what giving back stores.
macro_rules! peterson {
    ($name:ident, $free:literal) => {
        racelab::scenario!(
            mod $name {
                use super::rt::cell::UnsafeCell;
                use super::rt::sync::atomic::{AtomicUsize, Ordering::*};
                use super::rt::thread;
                use racelab::{Race, actor, outcomes};
                pub struct Lock {
                    want: [AtomicUsize; 2],
                    turn: AtomicUsize,
                    count: UnsafeCell<u64>,
                }
                racelab::fields!(Lock {
                    want: left | right,
                    turn: left | right,
                    count: left | right
                });
                impl Lock {
                    pub fn enter(&self, me: usize) {
                        let other = 1 - me;
                        self.want[me].store(1, Release);
                        self.turn.store(other, Release);
                        while self.want[other].load(Acquire) == 1
                            && self.turn.load(Acquire) == other
                        {
                            thread::yield_now();
                        }
                        self.count.with_mut(|_| ());
                        self.want[me].store($free, Release);
                    }
                }
                outcomes! { TWO: Allowed, "both were in"; }
                pub const RACE: Race<Lock> = Race::new(
                    || Lock {
                        want: [AtomicUsize::new(0), AtomicUsize::new(0)],
                        turn: AtomicUsize::new(0),
                        count: UnsafeCell::new(0),
                    },
                    &[
                        actor("left", |m: &Lock, _| m.enter(0)),
                        actor("right", |m: &Lock, _| m.enter(1)),
                    ],
                    |_, _| TWO,
                    OUTCOMES,
                );
            }
        );
    };
}
peterson!(back_to_zero, 0);
peterson!(on_to_two, 2);

/// The read that returns the 0 from before the other came is marked, though the newest is 0 again.
#[test]
fn a_stale_read_of_an_equal_value_is_stale() {
    let other = failure(&on_to_two::SCENARIO, LOOM, Kind::DataRace);
    let equal = failure(&back_to_zero::SCENARIO, LOOM, Kind::DataRace);
    for (failure, newest) in [(&other, "2"), (&equal, "0")] {
        let stale: Vec<&Step> = failure.steps.iter().filter(|step| step.stale).collect();
        let [read] = stale[..] else { panic!("{:?}", failure.steps) };
        assert_eq!((read.op.as_str(), read.value.as_deref()), ("load", Some("0")));
        assert!(read.field.starts_with("want["), "{read:?}");
        assert_eq!((read.newest.as_deref(), failure.stale), (Some(newest), 1));
    }
}

racelab::scenario!(
    mod two_plus_two {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            x: AtomicU64,
            y: AtomicU64,
        }
        racelab::fields!(Memory { x: left | right, y: left | right });
        outcomes! { FINE: Allowed, "others"; BOTH: Forbidden, "each word keeps the other's first"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { x: AtomicU64::new(0), y: AtomicU64::new(0) },
            &[
                actor("left", |m, _| {
                    m.x.store(1, Relaxed);
                    m.y.store(2, Relaxed);
                }),
                actor("right", |m, _| {
                    m.y.store(1, Relaxed);
                    m.x.store(2, Relaxed);
                }),
            ],
            |m, _| if (m.x.load(Relaxed), m.y.load(Relaxed)) == (1, 1) { BOTH } else { FINE },
            OUTCOMES,
        );
    }
);

/// The table ends with other values than the outcome has: the judge is who reads older ones.
#[test]
fn a_stale_read_of_the_judge_is_said() {
    let failure = failure(&two_plus_two::SCENARIO, LOOM, Kind::Forbidden);
    assert!(failure.steps.iter().all(|step| !step.stale));
    assert!(failure.stale > 0 && failure.why.to_string().contains("the judge read"), "{failure:?}");
}

/// What an engine shows it can show again: from its report alone, in the same words.
#[test]
fn what_is_shown_can_be_run_again() {
    for (engine, scenario, kind) in [
        (REDUCED, &ring::SCENARIO, Kind::DataRace),
        (BOUNDED, &ring::SCENARIO, Kind::DataRace),
        (LOOM, &ring::SCENARIO, Kind::DataRace),
        (LOOM, &two_plus_two::SCENARIO, Kind::Forbidden),
    ] {
        let failure = failure(scenario, engine, kind);
        let again = engine.replay(scenario, &Budget::default(), &failure);
        assert_eq!(again.as_ref(), Some(&failure), "{engine:?}");
        let mut other = failure;
        other.witness = None;
        assert_eq!(engine.replay(scenario, &Budget::default(), &other), None, "{engine:?}");
    }
}
