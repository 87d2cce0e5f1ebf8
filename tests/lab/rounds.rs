//! Executions that share the checker's threads are as separate as any: each starts its own threads.

use racelab::explore::{BOUNDED, REDUCED};
use racelab::report::{End, Verdict};

use crate::{explore, seen};

/// Two threads add to a word in two steps each, one of them started by an actor.
macro_rules! started {
    ($name:ident, $after:expr) => {
        racelab::scenario!(
            mod $name {
                use super::rt::sync::Arc;
                use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
                use super::rt::thread::{self, JoinHandle};
                use racelab::{Outcome, Race, Saw, actor, outcomes};
                pub struct Memory {
                    word: Arc<AtomicU64>,
                    mark: Arc<AtomicU64>,
                }
                racelab::fields!(Memory { word: starter | other, mark: starter });
                outcomes! {
                    NONE: Interesting, "nobody had added when the judge looked";
                    ONE: Allowed, "one was lost, or had not been added yet";
                    BOTH: Allowed, "both were added";
                }
                fn add(word: &AtomicU64) {
                    let value = word.load(Relaxed);
                    word.store(value + 1, Relaxed);
                }
                fn start(memory: &Memory, _: &mut Saw) {
                    let (word, mark) = (memory.word.clone(), memory.mark.clone());
                    let after: fn(JoinHandle<()>) = $after;
                    // Its first step is nobody else's business.
                    after(thread::spawn(move || {
                        mark.store(1, Relaxed);
                        add(&word);
                    }));
                }
                fn outcome(memory: &Memory, _: &[Saw]) -> Outcome {
                    Outcome(memory.word.load(Relaxed) as u8)
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory {
                        word: Arc::new(AtomicU64::new(0)),
                        mark: Arc::new(AtomicU64::new(0)),
                    },
                    &[
                        actor("starter", start),
                        actor("other", |memory: &Memory, _| add(&memory.word)),
                    ],
                    outcome,
                    OUTCOMES,
                );
            }
        );
    };
}
started!(joined, |thread| thread.join().unwrap());
started!(left_alone, drop);

/// As two actors who do it have four.
#[test]
fn a_joined_thread_is_explored_like_an_actor() {
    let report = explore(&joined::SCENARIO, REDUCED);
    assert_eq!((&report.end, report.distinct), (&End::Complete, Some(4)));
    assert_eq!(seen(&report), ["ONE", "BOTH"]);
}

/// The judge does not wait for it, and the report says so; what it does races all the same.
#[test]
fn a_thread_that_nobody_joins_ends_with_its_execution() {
    for engine in [REDUCED, BOUNDED] {
        let report = explore(&left_alone::SCENARIO, engine);
        assert_eq!(seen(&report), ["ONE", "BOTH"], "{engine:?}");
        assert_eq!(report.failing, 0);
        assert_ne!(report.verdict(), Verdict::Passed, "what it does later was not tried");
        assert!(report.to_string().contains("nobody joined"), "{report}");
    }
}
