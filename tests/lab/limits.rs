//! What the search cannot judge it says in a sentence, and never passes.

use racelab::explore::{Budget, search};
use racelab::explore::{GRAPHS, REDUCED};
use racelab::report::{End, Stop, Verdict};

use crate::explore;

/// Runs of all executions: it stands outside of the scenario, where nobody sees that it is std's.
static RUNS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

racelab::scenario!(
    mod restless {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            word: AtomicU64,
        }
        racelab::fields!(Memory { word: writer -> reader });
        outcomes! { ENDED: Allowed, "both ended"; }
        use super::super::super::RUNS;
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0) },
            &[
                actor("writer", |memory, _| {
                    // Something besides the schedule decides how often: the number of the run.
                    for _ in 0..RUNS.fetch_add(1, Relaxed) % 3 {
                        memory.word.store(1, Relaxed);
                    }
                }),
                actor("reader", |memory, saw| saw.note(memory.word.load(Relaxed))),
            ],
            |_, _| ENDED,
            OUTCOMES,
        );
    }
);

racelab::scenario!(
    mod crowd {
        use super::rt::sync::Arc;
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use super::rt::thread;
        use racelab::{Race, actor, outcomes};
        pub struct Memory {
            word: Arc<AtomicU64>,
        }
        racelab::fields!(Memory { word: nobody });
        outcomes! { ENDED: Allowed, "all ended"; }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: Arc::new(AtomicU64::new(0)) },
            &[actor("starter", |memory, _| {
                let start = |_| {
                    let word = memory.word.clone();
                    thread::spawn(move || {
                        word.fetch_add(1, Relaxed);
                    })
                };
                let threads: Vec<_> = (0..9).map(start).collect();
                threads.into_iter().for_each(|thread| thread.join().unwrap());
            })],
            |_, _| ENDED,
            OUTCOMES,
        );
    }
);

racelab::scenario!(
    mod counters {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Race, Saw, actor, outcomes};
        pub struct Memory {
            word: AtomicU64,
        }
        racelab::fields!(Memory { word: nobody });
        outcomes! { ENDED: Allowed, "all ended"; }
        fn count(memory: &Memory, _: &mut Saw) {
            let value = memory.word.load(Relaxed);
            memory.word.store(value + 1, Relaxed);
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0) },
            &[actor("a", count), actor("b", count), actor("c", count), actor("d", count)],
            |_, _| ENDED,
            OUTCOMES,
        );
    }
);

#[test]
fn a_program_that_is_not_deterministic_is_not_judged() {
    for engine in [REDUCED, GRAPHS] {
        let report = explore(&restless::SCENARIO, engine);
        assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
        assert!(matches!(&report.end, End::Cut(Stop::NotDeterministic(_))), "{report:?}");
    }
}

#[test]
fn more_threads_than_it_follows_are_not_judged() {
    let budget = Budget { time: std::time::Duration::from_millis(200), ..Budget::default() };
    let report = search::explore(&crowd::SCENARIO, REDUCED, &budget);
    assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
    assert!(matches!(&report.end, End::Cut(Stop::Threads(None))), "{report:?}");
}

/// Cut by a cap, the search says so, and the others take over and say how far they came.
#[test]
fn where_it_is_cut_the_others_take_over() {
    let budget = Budget { executions: 100, ..Budget::default() };
    let report = search::explore(&counters::SCENARIO, REDUCED, &budget);
    assert_eq!((report.verdict(), report.executions), (Verdict::Inconclusive, 100));
    assert!(matches!(&report.end, End::Cut(Stop::Executions(100))), "{report:?}");
    let notes = report.notes.iter().map(|note| note.to_string()).collect::<Vec<_>>().join("\n");
    for words in ["then bounded", "then random", "then pct", "not a proof"] {
        assert!(notes.to_lowercase().contains(words), "{words}: {notes}");
    }
    let whole = explore(&counters::SCENARIO, REDUCED);
    assert_eq!((whole.verdict(), whole.distinct), (Verdict::Passed, Some(576)));
}
