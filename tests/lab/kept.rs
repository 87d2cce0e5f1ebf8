//! What an execution leaves for the next is no part of any model: it is noticed where it shows.

use racelab::Budget;
use racelab::explore::{REDUCED, search};
use racelab::report::{End, Stop};

racelab::scenario!(
    mod kept {
        use super::rt::sync::atomic::{AtomicU64, Ordering::Relaxed};
        use racelab::{Outcome, Race, Saw, actor, outcomes};

        pub struct Memory {
            word: AtomicU64,
        }
        racelab::fields!(Memory { word: left | right });
        outcomes! {
            FEW: Allowed, "few executions came before";
            MANY: Forbidden, "many executions came before";
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { word: AtomicU64::new(0) },
            &[
                actor("left", |memory, _| memory.word.store(crate::kept::counted(), Relaxed)),
                actor("right", |memory, saw| saw.note(memory.word.load(Relaxed))),
            ],
            outcome,
            OUTCOMES,
        );
        fn outcome(memory: &Memory, _: &[Saw]) -> Outcome {
            if memory.word.load(Relaxed) > 6 { MANY } else { FEW }
        }
    }
);

/// How often it was called in this process.
pub(crate) fn counted() -> u64 {
    use std::sync::atomic::{AtomicU64, Ordering::SeqCst};
    static COUNT: AtomicU64 = AtomicU64::new(0);
    COUNT.fetch_add(1, SeqCst)
}

#[test]
fn what_is_kept_from_one_execution_to_the_next_is_noticed() {
    let report = search::explore(&kept::SCENARIO, REDUCED, &Budget::default());
    let noticed = matches!(report.end, End::Cut(Stop::NotDeterministic(_)));
    assert!(noticed || report.failure.is_some(), "{report:?}");
}
