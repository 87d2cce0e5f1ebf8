//! What the checkers cannot see does not pass: it is named, by line where it has one.

use racelab::explore::{BOUNDED, Engine, LOOM, NATIVE, PCT, RANDOM, REDUCED};
use racelab::explore::{Budget, search};
use racelab::report::{End, Note, Report, Verdict};
use racelab::report::{Unseen, What};
use racelab::words::verdict;
use racelab::{Outcome, Race, Saw, Scenario, actor, outcomes};

/// A program that no scenario's text shows: another module's, as one of another crate's would be.
pub(crate) mod elsewhere {
    use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

    pub(crate) struct Counter(AtomicU64);

    impl Counter {
        pub(crate) const fn new() -> Counter {
            Counter(AtomicU64::new(0))
        }
        pub(crate) fn add(&self) {
            self.0.store(self.0.load(Relaxed) + 1, Relaxed);
        }
        pub(crate) fn get(&self) -> u64 {
            self.0.load(Relaxed)
        }
    }

    pub(crate) type Map = std::collections::BTreeMap<u64, (u8, std::sync::Mutex<u64>)>;
}

/// A scenario in place: two actors that each run `$work`, on a memory with these fields.
macro_rules! small {
    ($name:ident { $($field:ident: $type:ty = $value:expr),* } $work:expr, $($item:item)*) => {
        racelab::scenario!(
            mod $name {
                #[allow(unused_imports)]
                use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
                use super::super::super::{Outcome, Race, Saw, actor, elsewhere, outcomes};
                $($item)*
                pub struct Memory {
                    $($field: $type),*
                }
                racelab::fields!(Memory { $($field: left | right),* });
                outcomes! { ENDED: Allowed, "both ended"; }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory { $($field: $value),* },
                    &[actor("left", work), actor("right", work)],
                    judge,
                    OUTCOMES,
                );
                fn work(memory: &Memory, saw: &mut Saw) {
                    let work: fn(&Memory, &mut Saw) = $work;
                    work(memory, saw);
                }
                fn judge(_: &Memory, _: &[Saw]) -> Outcome {
                    let _ = elsewhere::Counter::new();
                    ENDED
                }
            }
        );
    };
}

small!(
    innocent { word: AtomicU64 = AtomicU64::new(0) } | m,
    _ | {
        let mut seen = HashMap::new();
        seen.insert(Arc::new(1), m.word.fetch_add(1, std::sync::atomic::Ordering::AcqRel));
    },
    use std::{collections::HashMap, sync::Arc};
);
small!(
    thread_local { word: AtomicU64 = AtomicU64::new(0) } | m,
    _ | {
        MINE.set(MINE.get() + 1);
        m.word.store(MINE.get(), Relaxed);
    },
    thread_local! { static MINE: std::cell::Cell<u64> = const { std::cell::Cell::new(0) }; }
);
small!(
    mixed { word: AtomicU64 = AtomicU64::new(0) } | m,
    _ | {
        m.word.fetch_add(1, Relaxed);
        COUNT.store(COUNT.load(Relaxed) + 1, Relaxed);
    },
    static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
);
small!(
    waits_with_std { word: AtomicU64 = AtomicU64::new(0) } | m,
    _ | {
        m.word.fetch_add(1, Relaxed);
        while m.word.load(Relaxed) < 2 {
            spin_loop();
        }
    },
    use std::hint::spin_loop;
);
small!(
    locked { map: elsewhere::Map = elsewhere::Map::new(), word: AtomicU64 = AtomicU64::new(0) } | m,
    _ | m.word.store(m.map.len() as u64, Relaxed),
);
small!(
    silent { count: elsewhere::Counter = elsewhere::Counter::new() } | m,
    s | {
        m.count.add();
        s.note(m.count.get());
    },
);
small!(
    spins { word: AtomicU64 = AtomicU64::new(0) } | m,
    _ | {
        m.word.fetch_add(1, Relaxed);
        while m.word.load(Relaxed) < 2 {}
    },
);

const ENGINES: [&dyn Engine; 5] = [REDUCED, BOUNDED, RANDOM, PCT, LOOM];

fn explore(scenario: &Scenario, engine: &'static dyn Engine) -> Report {
    search::explore(scenario, engine, &Budget::default())
}

/// What no engine sees of a scenario, which none explores.
#[track_caller]
fn refused(scenario: &Scenario) -> Vec<Unseen> {
    let mut all = Vec::new();
    for engine in ENGINES {
        let report = explore(scenario, engine);
        assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
        assert_eq!(report.executions, 0, "{report:?}");
        let End::Unseen(found) = report.end else { panic!("{report:?}") };
        all = found;
    }
    all
}

#[track_caller]
fn names(scenario: &Scenario, expected: &[(&str, &str)]) {
    let found = refused(scenario);
    let found: Vec<_> = found.iter().map(|f| (f.what.name(), f.source.clone())).collect();
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((name, source), (what, text)) in found.iter().zip(expected) {
        assert_eq!(name, what);
        assert!(source.contains(text), "{source}");
    }
}

#[test]
fn what_of_std_is_no_mistake_is_explored() {
    for engine in [REDUCED, LOOM] {
        let report = explore(&innocent::SCENARIO, engine);
        assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    }
}

#[test]
fn a_thread_local_is_named() {
    names(
        &thread_local::SCENARIO,
        &[("thread_local!", "thread_local!"), ("std::cell::Cell", "MINE")],
    );
}

#[test]
fn an_atomic_of_stds_beside_one_of_rts_is_named() {
    names(&mixed::SCENARIO, &[("std::sync::atomic::AtomicU64", "static COUNT")]);
    let report = explore(&mixed::SCENARIO, REDUCED);
    assert_eq!(
        verdict::line(&report),
        "INCONCLUSIVE: the checkers do not see std::sync::atomic::AtomicU64"
    );
}

#[test]
fn a_wait_that_no_checker_sees_is_named() {
    names(&waits_with_std::SCENARIO, &[("std::hint::spin_loop", "use std::hint::spin_loop")]);
}

/// Its type is named elsewhere, and is no declared one.
#[test]
fn a_lock_inside_of_a_fields_type_is_named() {
    names(&locked::SCENARIO, &[("std::sync::Mutex in Memory.map", "")]);
}

#[test]
fn real_threads_are_not_refused() {
    let budget = Budget { time: std::time::Duration::from_millis(50), ..Budget::default() };
    let report = search::explore(&mixed::SCENARIO, NATIVE, &budget);
    assert_eq!(report.verdict(), Verdict::NotFound);
}

#[test]
fn an_actor_that_announces_nothing_proves_nothing() {
    for engine in [REDUCED, BOUNDED, LOOM] {
        let report = explore(&silent::SCENARIO, engine);
        assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
        let End::Unseen(found) = &report.end else { panic!("{report:?}") };
        let actors: Vec<_> = found.iter().map(|found| found.what.clone()).collect();
        assert_eq!(actors, ["left", "right"].map(|name| What::Silent(name.to_string())));
        assert_eq!(
            verdict::line(&report),
            "INCONCLUSIVE: the checkers do not see anything of left, nor 1 more"
        );
    }
}

#[test]
fn a_loop_that_waits_without_yielding_is_named_by_line() {
    let report = explore(&spins::SCENARIO, REDUCED);
    assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
    let named = |note: &Note| matches!(note, Note::Busy { file, .. } if file == "unseen.rs");
    assert!(report.notes.iter().any(named), "{:?}", report.notes);
}
