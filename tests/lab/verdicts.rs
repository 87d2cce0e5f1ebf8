//! What `check` holds a scenario to besides its failures, and what it says of an end that is none.

use racelab::explore::{Budget, search};
use racelab::explore::{LOOM, PCT, RANDOM, REDUCED};
use racelab::report::Verdict;
use racelab::words::{Page, report, verdict};

use crate::explore;

racelab::scenario!(
    mod idle {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Release};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            state: AtomicU64,
        }
        racelab::fields!(Memory { state: left | right });
        outcomes! { DONE: Allowed, "nothing was done"; WORKED: Allowed required, "work was done"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { state: AtomicU64::new(0) },
            &[
                actor("left", |m, _| m.state.store(1, Release)),
                actor("right", |m, _| m.state.store(2, Release)),
            ],
            |_, _| DONE,
            OUTCOMES,
        );
    }
);

/// What is required has to come up, or a structure that does nothing would pass.
#[test]
#[should_panic(
    expected = "NEVER: WORKED (work was done). It is required, and no execution ends so"
)]
fn a_required_outcome_is_held() {
    racelab::check(&idle::SCENARIO);
}

#[test]
fn a_required_outcome_is_missing_only_where_everything_was_seen() {
    let whole = racelab::explore_both(&idle::SCENARIO, &Budget::default());
    assert!(!whole.passed() && whole.failure().is_none());
    assert_eq!(whole.missing.iter().map(|row| row.id).collect::<Vec<_>>(), ["WORKED"]);
    // The judge is as wrong on real threads: nothing is excluded that they show.
    assert!(whole.reports.iter().all(|report| report.verdict() == Verdict::Passed));
    let budget = Budget { preemptions: Some(0), ..Budget::default() };
    let bounded = racelab::explore_both(&idle::SCENARIO, &budget);
    assert_eq!(bounded.machine, None, "a bound excludes nothing");
}

/// Two threads on a word, which do something else on real threads: `$native` says what. No checker
/// can know, and no machine has to be lucky to show it.
macro_rules! two_faced {
    ($name:ident, $native:expr $(, $only:ident)?) => {
        racelab::scenario!(
            mod $name {
                use super::rt::sync::atomic::{AtomicU64, Ordering::*};
                use racelab::{Race, Saw, actor, outcomes};
                pub struct Memory {
                    word: AtomicU64,
                }
                racelab::fields!(Memory { word: left | right });
                outcomes! { MODEL: Allowed, "a checker ran it"; MACHINE: Allowed, "std did"; }
                fn left(memory: &Memory, saw: &mut Saw) {
                    memory.word.store(1, Release);
                    if !std::any::type_name::<AtomicU64>().contains("racelab") {
                        let native: fn(&mut Saw) = $native;
                        native(saw);
                    }
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory { word: AtomicU64::new(0) },
                    &[
                        actor("left", left),
                        actor("right", |memory, saw| saw.note(memory.word.load(Acquire))),
                    ],
                    |_, saws| if saws[0].values() == [1] { MACHINE } else { MODEL },
                    OUTCOMES,
                )
                $(.$only("on purpose"))?;
            }
        );
    };
}
two_faced!(other_outcome, |saw| saw.note(1));
two_faced!(crashing, |_| std::process::abort());
two_faced!(never_there, |_| std::process::abort(), checkers_only);
two_faced!(one_faced, |_| ());

/// Whatever the checkers have said, an outcome that none of their executions has is there.
#[test]
#[should_panic(expected = "UNDECIDED: this machine showed MACHINE in")]
fn the_machine_contradicts_the_model() {
    racelab::check(&other_outcome::SCENARIO);
}

#[test]
fn a_crash_on_real_threads_contradicts_the_model() {
    let checked = racelab::explore_both(&crashing::SCENARIO, &Budget::default());
    assert!(!checked.passed() && checked.failure().is_none());
    assert!(checked.reports.iter().all(|report| report.verdict() == Verdict::Undecided));
    let said = report::checked(&checked.reports, &checked.missing, &Page::default());
    assert!(said.contains("UNDECIDED: real threads ended in a crash"), "{said}");
    assert_eq!(said.matches("The machine contradicts the model").count(), 1, "{said}");
}

#[test]
fn what_never_runs_on_real_threads_or_agrees_with_them_passes() {
    for (scenario, ran) in [(&never_there::SCENARIO, false), (&one_faced::SCENARIO, true)] {
        let checked = racelab::explore_both(scenario, &Budget::default());
        assert!(checked.passed(), "{checked:?}");
        assert_eq!(checked.machine.is_some(), ran, "{}", scenario.name);
    }
}

/// A bound excludes nothing, so that real threads have nothing to contradict.
#[test]
fn a_bound_leaves_the_machine_alone() {
    let budget = Budget { preemptions: Some(1), ..Budget::default() };
    let checked = racelab::explore_both(&crashing::SCENARIO, &budget);
    assert!(checked.passed() && checked.machine.is_none(), "{checked:?}");
}

racelab::scenario!(
    mod endless {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            word: AtomicU64,
        }
        racelab::fields!(Memory { word: left | right });
        outcomes! { ENDED: Allowed, "all ended"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0) },
            &[
                actor("left", |m, _| (0..50).for_each(|n| m.word.store(n, Relaxed))),
                actor("right", |m, saw| saw.note(m.word.load(Relaxed))),
            ],
            |_, _| ENDED,
            OUTCOMES,
        );
    }
);

#[test]
fn a_schedule_that_was_broken_off_is_not_counted_as_one_without_a_failure() {
    let budget = Budget { steps: 20, executions: 30, ..Budget::default() };
    for engine in [RANDOM, PCT] {
        let found = search::explore(&endless::SCENARIO, engine, &budget);
        assert_eq!((found.executions, found.broken_off), (30, 30), "{engine:?}");
        assert_eq!(found.verdict(), Verdict::Inconclusive);
        assert!(!verdict::line(&found).contains("NOT FOUND"), "{}", verdict::line(&found));
    }
    let found = explore(&endless::SCENARIO, REDUCED);
    assert_eq!((found.verdict(), found.broken_off), (Verdict::Passed, 0));
}

#[test]
fn what_was_stopped_was_not_every_class() {
    let budget = Budget { executions: 2, ..Budget::default() };
    let found = search::explore(&endless::SCENARIO, REDUCED, &budget);
    assert_eq!(found.verdict(), Verdict::Inconclusive);
    let text = report::text(&found, &Page::default());
    assert!(!text.contains("This looked at every class"), "{text}");
    assert!(text.contains("This looked for every class"), "{text}");
}

racelab::scenario!(
    mod late_unpark {
        use super::rt::sync::Mutex;
        use super::rt::sync::atomic::{AtomicU64, Ordering::*};
        use super::rt::thread::{self, Thread};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            sleeper: Mutex<Option<Thread>>,
            ready: AtomicU64,
        }
        racelab::fields!(Memory { sleeper: sleeper -> waker, ready: waker -> sleeper });
        outcomes! { ENDED: Allowed, "both ended"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { sleeper: Mutex::new(None), ready: AtomicU64::new(0) },
            &[
                actor("sleeper", |m, _| {
                    *m.sleeper.lock().unwrap() = Some(thread::current());
                    while m.ready.load(Acquire) == 0 {
                        thread::park();
                    }
                }),
                actor("waker", |m, _| {
                    m.ready.store(1, Release);
                    if let Some(sleeper) = m.sleeper.lock().unwrap().take() {
                        sleeper.unpark();
                    }
                }),
            ],
            |_, _| ENDED,
            OUTCOMES,
        );
    }
);

/// The textbook's loop around `park`: loom ends by an error of its own, and that is explained.
#[test]
fn looms_own_words_come_with_ours() {
    assert_eq!(explore(&late_unpark::SCENARIO, REDUCED).verdict(), Verdict::Passed);
    let found = explore(&late_unpark::SCENARIO, LOOM);
    assert_eq!(found.verdict(), Verdict::Inconclusive);
    let line = verdict::line(&found);
    let (ours, theirs) = line.split_once("(loom says: ").expect("both");
    assert!(ours.contains("tokio-rs/loom#249"), "{line}");
    assert!(theirs.contains("state.notified"), "{line}");
}

racelab::scenario!(
    mod seqcst_additions {
        use super::rt::sync::atomic::{AtomicU64, Ordering::*};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            x: AtomicU64,
            y: AtomicU64,
        }
        racelab::fields!(Memory { x: left | right, y: left | right });
        outcomes! { FINE: Allowed, "one saw the other"; FIRST: Forbidden, "the left was first"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { x: AtomicU64::new(0), y: AtomicU64::new(0) },
            &[
                actor("left", |m, saw| {
                    m.x.fetch_add(1, SeqCst);
                    saw.note(m.y.load(Acquire));
                }),
                actor("right", |m, _| {
                    m.y.fetch_add(1, SeqCst);
                }),
            ],
            |_, saws| if saws[0].values() == [0] { FIRST } else { FINE },
            OUTCOMES,
        );
    }
);
racelab::scenario!(
    mod seqcst_store {
        use super::rt::sync::atomic::{AtomicU64, Ordering::*};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            x: AtomicU64,
        }
        racelab::fields!(Memory { x: left -> right });
        outcomes! { FINE: Allowed, "it came too late"; EARLY: Forbidden, "it came too early"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { x: AtomicU64::new(0) },
            &[
                actor("left", |m, _| m.x.store(1, SeqCst)),
                actor("right", |m, saw| saw.note(m.x.load(SeqCst))),
            ],
            |_, saws| if saws[1].values() == [0] { EARLY } else { FINE },
            OUTCOMES,
        );
    }
);

/// A failure that every interleaving shows is none, and neither is one without what loom gets wrong.
#[test]
fn a_certain_failure_is_called_no_false_alarm() {
    let noted = |report: &racelab::report::Report| {
        report.notes.iter().filter(|note| **note == racelab::report::Note::FalseAlarm).count()
    };
    // Read-modify-writes read what is newest, SeqCst or not.
    let found = explore(&seqcst_additions::SCENARIO, LOOM);
    assert_eq!((found.verdict(), noted(&found)), (Verdict::Caught, 0), "{found:?}");
    let alone = explore(&seqcst_store::SCENARIO, LOOM);
    assert_eq!((alone.verdict(), noted(&alone)), (Verdict::Caught, 1));
    let both = racelab::explore_both(&seqcst_store::SCENARIO, &Budget::default());
    assert_eq!(both.reports.iter().map(noted).sum::<usize>(), 0, "reduced finds it as well");
}
