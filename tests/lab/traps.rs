//! The traps of loom, each walked into on purpose: racelab names it beside the verdict.

use racelab::explore::Budget;
use racelab::explore::weaken::{Need, weaken};
use racelab::explore::{LOOM, REDUCED};
use racelab::report::{Kind, Verdict};

use crate::explore;

/// Two threads on words and one cell; what the second reads is its outcome.
macro_rules! trap {
    ($name:ident, [$($outcome:ident: $grade:ident),+], $left:expr, $right:expr, $judge:expr) => {
        racelab::scenario!(pub mod $name {
            #[allow(unused_imports)]
            use super::rt::sync::atomic::{AtomicU64, Ordering::*, fence};
            use super::rt::cell::UnsafeCell;
            #[allow(unused_imports)]
            use super::rt::thread::yield_now;
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { x: AtomicU64, y: AtomicU64, data: UnsafeCell<u64> }
            racelab::fields!(Memory { x: left | right, y: left | right, data: left -> right });
            outcomes! { $($outcome: $grade, "as named";)+ }
            pub const RACE: Race<Memory> = Race::new(
                || Memory { x: AtomicU64::new(0), y: AtomicU64::new(0), data: UnsafeCell::new(0) },
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
            fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
                let judge: fn(&Memory, &[Saw]) -> Outcome = $judge;
                judge(memory, saws)
            }
            #[allow(dead_code)]
            fn put(memory: &Memory) {
                // Safety: whether anything orders it is what the checkers say; see `counter`.
                memory.data.with_mut(|data| unsafe { *data = 1 });
            }
            #[allow(dead_code)]
            fn get(memory: &Memory) -> u64 {
                // Safety: as above.
                memory.data.with(|data| unsafe { *data })
            }
        });
    };
}

trap!(store_against_add, [POSSIBLE: Allowed, IMPOSSIBLE: Forbidden],
    |m, _| m.x.store(1, Relaxed),
    |m, _| { m.x.fetch_add(2, Relaxed); },
    |m, _| if matches!(m.x.load(Relaxed), 1 | 3) { POSSIBLE } else { IMPOSSIBLE });
trap!(swap_lock, [TWO: Allowed, LOST: Forbidden],
    |m, _| { while m.x.swap(1, Acquire) == 1 { yield_now(); } put(m); m.x.store(0, Release); },
    |m, _| { while m.x.swap(1, Acquire) == 1 { yield_now(); } put(m); m.x.store(0, Release); },
    |_, _| TWO);
trap!(fence_after, [NOT_YET: Allowed, SEEN: Allowed, STALE: Forbidden],
    |m, _| { put(m); m.x.store(1, Relaxed); fence(SeqCst); m.y.load(Relaxed); },
    |m, saw| if m.x.load(Relaxed) == 1 { fence(SeqCst); saw.note(get(m)); },
    |_, saws| match saws[1].values() { [] => NOT_YET, [1] => SEEN, _ => STALE });
trap!(eight_stores, [NOT_YET: Allowed, SEEN: Allowed, INITIAL: Forbidden],
    |m, _| { for value in 1..=8 { m.x.store(value, Relaxed); } m.y.store(1, Release); },
    |m, saw| if m.y.load(Acquire) == 1 { saw.note(m.x.load(Relaxed)); },
    |_, saws| match saws[1].values() { [] => NOT_YET, [0] => INITIAL, _ => SEEN });
trap!(six_stores, [NOT_YET: Allowed, SEEN: Allowed, INITIAL: Forbidden],
    |m, _| { for value in 1..=6 { m.x.store(value, Relaxed); } m.y.store(1, Release); },
    |m, saw| if m.y.load(Acquire) == 1 { saw.note(m.x.load(Relaxed)); },
    |_, saws| match saws[1].values() { [] => NOT_YET, [0] => INITIAL, _ => SEEN });
trap!(buffering, [FINE: Allowed, BOTH: Forbidden],
    |m, saw| { saw.note(m.x.load(Relaxed)); m.y.store(1, Relaxed); },
    |m, saw| { saw.note(m.y.load(Relaxed)); m.x.store(1, Relaxed); },
    |_, saws| if saws.iter().all(|saw| saw.values() == [1]) { BOTH } else { FINE });
trap!(failed_exchange, [NOT_YET: Allowed, NEW: Allowed, STALE: Interesting],
    |m, _| { m.y.store(3, Relaxed); m.y.store(0, Relaxed); m.x.store(1, Relaxed); },
    |m, saw| if m.x.load(Relaxed) == 1 {
        saw.note(m.y.compare_exchange(9, 5, Relaxed, Relaxed).unwrap_or_else(|value| value));
    },
    |_, saws| match saws[1].values() { [] => NOT_YET, [0] => NEW, _ => STALE });
trap!(failed_as_load, [NOT_YET: Allowed, NEW: Allowed, STALE: Interesting],
    |m, _| { m.y.store(3, Relaxed); m.y.store(0, Relaxed); m.x.store(1, Relaxed); },
    |m, saw| if m.x.load(Relaxed) == 1 { saw.note(m.y.load(Relaxed)); },
    |_, saws| match saws[1].values() { [] => NOT_YET, [0] => NEW, _ => STALE });
trap!(hidden_by_own_load, [FIRST: Allowed, LAST: Allowed, OTHER: Forbidden],
    |m, _| { let value = m.x.load(Relaxed); m.x.store(value + 1, Relaxed); },
    |m, saw| saw.note(m.x.load(Relaxed)),
    |_, saws| match saws[1].values() { [0] => FIRST, [1] => LAST, _ => OTHER });
trap!(double_flag, [NOT_YET: Allowed, SEEN: Allowed, STALE: Forbidden],
    |m, _| { put(m); m.x.store(1, Release); m.y.store(1, Release); },
    |m, saw| if m.y.load(Acquire) == 1 && m.x.load(Acquire) == 1 { saw.note(get(m)); },
    |_, saws| match saws[1].values() { [] => NOT_YET, [1] => SEEN, _ => STALE });

/// loom's report of a scenario names the trap that these words are from.
#[track_caller]
fn named(scenario: &racelab::Scenario, words: &str) -> racelab::report::Report {
    let report = explore(scenario, LOOM);
    assert!(
        report.blind_spots.iter().any(|spot| spot.to_string().contains(words)),
        "{:?}",
        report.blind_spots
    );
    report
}

#[test]
fn a_store_against_an_addition_gives_impossible_values() {
    assert_eq!(explore(&store_against_add::SCENARIO, REDUCED).verdict(), Verdict::Passed);
    let report = named(&store_against_add::SCENARIO, "tokio-rs/loom#254");
    assert_eq!(report.verdict(), Verdict::Caught);
    assert!(report.notes.contains(&racelab::report::Note::FalseAlarm));
}

#[test]
fn a_swap_lock_released_by_a_store_seems_to_hang() {
    assert_eq!(explore(&swap_lock::SCENARIO, REDUCED).verdict(), Verdict::Passed);
    let report = named(&swap_lock::SCENARIO, "tokio-rs/loom#254");
    assert_ne!(report.verdict(), Verdict::Passed);
}

#[test]
fn a_fence_after_the_store_orders_too_much() {
    assert_eq!(named(&fence_after::SCENARIO, "SeqCst fences").verdict(), Verdict::Passed);
    let report = explore(&fence_after::SCENARIO, REDUCED);
    assert_eq!(report.failure.map(|failure| failure.kind), Some(Kind::DataRace));
}

#[test]
fn eight_stores_are_more_than_it_remembers() {
    let needs = |scenario| {
        let table = weaken(scenario, &[LOOM], &Budget::default());
        assert_eq!(table.refused, None);
        table.rows.iter().map(|row| row.verdict).collect::<Vec<_>>()
    };
    named(&eight_stores::SCENARIO, "MAX_ATOMIC_HISTORY");
    assert_eq!(needs(&eight_stores::SCENARIO), [Need::NotNeeded; 2], "which is false");
    assert_eq!(needs(&six_stores::SCENARIO), [Need::Needed; 2]);
}

#[test]
fn load_buffering_is_never_tried() {
    assert_eq!(named(&buffering::SCENARIO, "load buffering").verdict(), Verdict::Passed);
}

#[test]
fn seqcst_accesses_are_taken_as_weaker() {
    let report = named(&crate::litmus::sb_seqcst::SCENARIO, "tokio-rs/loom#180");
    assert!(report.outcomes.iter().any(|row| row.id == "R00" && row.count > 0));
}

#[test]
fn a_failed_exchange_never_reads_an_old_value() {
    let stale = |scenario| {
        let report = explore(scenario, LOOM);
        report.outcomes.iter().find(|row| row.id == "STALE").unwrap().count
    };
    named(&failed_exchange::SCENARIO, "compare-exchange fails");
    assert_eq!(stale(&failed_exchange::SCENARIO), 0, "which C11 allows");
    assert!(stale(&failed_as_load::SCENARIO) > 0);
}

/// loom alone, with the reader first, would not try the writer before it: its search remembers
/// only the last access to a word, and that is the writer's own load. Each actor goes first once.
#[test]
fn a_load_before_the_store_hides_nothing() {
    let report = explore(&hidden_by_own_load::SCENARIO, LOOM);
    assert_eq!(crate::seen(&report), ["FIRST", "LAST"]);
}
