//! Structures against what they should do: no race is written by hand, and no outcome.

use std::time::Duration;

use racelab::Model;
use racelab::against::{Amounts, Failed, Limits, Tested};
use racelab::report::Kind;
use racelab::specification::Answer;
use racelab::words::Page;

racelab::scenario!(mod ring = "ring/right.rs", judged by "../../../book/src/specifications/queue.rs");
racelab::scenario!(mod ring_exactly = "ring/right.rs", judged by "specified/queue_under_sc.rs");
racelab::scenario!(mod ring_one_too_many = "ring/one_too_many.rs", judged by "../../../book/src/specifications/queue.rs");
racelab::scenario!(mod ring_relaxed = "ring/tail_relaxed.rs", judged by "../../../book/src/specifications/queue.rs");
racelab::scenario!(mod stack = "specified/stack_right.rs", judged by "specified/stack.rs");
racelab::scenario!(mod stack_store = "specified/stack_store.rs", judged by "specified/stack.rs");
racelab::scenario!(mod stack_relaxed = "specified/stack_relaxed.rs", judged by "specified/stack.rs");
racelab::scenario!(mod stack_size = "specified/stack_right.rs", judged by "specified/stack_size.rs");
racelab::scenario!(mod stack_size_weakly = "specified/stack_right.rs", judged by "specified/stack_size_weakly.rs");
racelab::scenario!(mod vyukov = "specified/vyukov.rs", judged by "specified/vyukov_queue.rs");
racelab::scenario!(mod vyukov_or_refused = "specified/vyukov.rs", judged by "specified/vyukov_or_refused.rs");

/// Two threads of at most three calls: what is right is soon through with them.
fn small() -> Limits {
    let time = Duration::from_secs(60);
    Limits { time, threads: 2, calls: 4, lopsided: 4, of_a_shape: 40, ..Limits::default() }
}

/// What is found under sequential consistency, and under C11.
macro_rules! found {
    ($scenario:expr, $limits:expr) => {{
        let checked = racelab::explore_against($scenario, $limits);
        let [sc, c11] = checked.tested.try_into().expect("two engines");
        (sc.expect("it lives"), c11.expect("it lives"))
    }};
}

fn failed(tested: &Tested) -> &Failed {
    tested.failed.as_ref().unwrap_or_else(|| panic!("{tested:?}"))
}

#[test]
fn a_ring_is_a_queue() {
    racelab::check_against(&ring::SCENARIO);
}

/// On x86 already: a store to `tail` waits in a buffer while the producer looks at an old `head`.
#[test]
fn a_ring_that_refuses_nobody_without_a_reason_is_one_of_sc_alone() {
    let (sc, c11) = found!(&ring_exactly::SCENARIO, &Limits::default());
    assert_eq!(sc.amounts(), Amounts::Passed, "{sc:?}");
    assert_eq!(failed(&c11).failure.shown_by, Some(Model::X86));
}

#[test]
fn one_too_many_is_no_queue() {
    let (sc, c11) = found!(&ring_one_too_many::SCENARIO, &Limits::default());
    for tested in [&sc, &c11] {
        let failed = failed(tested);
        assert_eq!(failed.calls.threads.iter().map(Vec::len).sum::<usize>(), 3, "{failed:?}");
    }
    // As the book shows it.
    let text = racelab::words::against::text(&sc, &Page::default());
    assert_eq!(text, include_str!("../../../book/src/specifications/one_too_many.txt"));
}

#[test]
fn a_relaxed_tail_is_a_data_race_in_the_first_scenario_with_two_calls() {
    let (sc, c11) = found!(&ring_relaxed::SCENARIO, &Limits::default());
    for tested in [&sc, &c11] {
        assert_eq!(failed(tested).failure.kind, Kind::DataRace);
        assert_eq!(tested.explored(), 0);
    }
}

#[test]
fn a_stack_is_a_stack() {
    racelab::check_against_within(&stack::SCENARIO, &small());
}

#[test]
fn a_stack_whose_top_is_stored_is_none() {
    let (sc, _) = found!(&stack_store::SCENARIO, &Limits::default());
    assert_eq!(failed(&sc).failure.outcome(), Some("NOT_EXPLAINED"));
}

/// No interleaving breaks it, and reordering does.
#[test]
fn a_relaxed_push_falls_under_c11_alone() {
    let (sc, c11) = found!(&stack_relaxed::SCENARIO, &small());
    assert_eq!(sc.amounts(), Amounts::Passed, "{sc:?}");
    let failure = &failed(&c11).failure;
    assert_eq!((failure.kind, failure.shown_by), (Kind::Forbidden, Some(Model::C11)));
}

/// The count is written after the stack: what has been pushed is not counted yet.
#[test]
fn a_count_beside_the_stack_is_of_no_moment() {
    let (sc, _) = found!(&stack_size::SCENARIO, &Limits::default());
    assert!(failed(&sc).calls.threads.iter().flatten().any(|said| said.call == "len()"));
}

/// Whoever promises less of it finds that it falls below 0: a value is taken before it is counted.
#[test]
fn a_count_that_may_lag_must_not_fall_below_nothing() {
    let (sc, _) = found!(&stack_size_weakly::SCENARIO, &Limits { calls: 3, ..small() });
    assert_eq!(sc.weakly, ["len"]);
    let said = failed(&sc).calls.threads.iter().flatten();
    let answers: Vec<_> = said.filter_map(|said| said.answer.clone()).collect();
    assert!(answers.contains(&Answer::Gave(u64::MAX.to_string())), "{answers:?}");
}

/// It is known: one's own push is not found while that of another is half done.
#[test]
fn vyukovs_queue_is_not_linearizable() {
    let (sc, _) = found!(&vyukov::SCENARIO, &small());
    assert_eq!(failed(&sc).failure.outcome(), Some("NOT_EXPLAINED"));
}

#[test]
fn vyukovs_queue_keeps_what_is_weaker() {
    racelab::check_against_within(&vyukov_or_refused::SCENARIO, &small());
}
