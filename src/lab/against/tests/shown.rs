//! What is shown of a scenario that fails is the interleaving that fails.

use super::structures::*;
use crate::against::{Amounts, Failed, Limits, Tested, run};
use crate::explore::{Engine, GRAPHS, REDUCED};
use crate::report::Kind;
use crate::scenario::Scenario;

fn tested(scenario: &Scenario, engine: &dyn Engine, limits: &Limits) -> Tested {
    run(scenario, engine, limits, &|_| {})
}

fn failed(scenario: &Scenario, engine: &dyn Engine) -> Failed {
    let tested = tested(scenario, engine, &Limits::default());
    tested.failed.clone().unwrap_or_else(|| panic!("{tested:?}"))
}

fn calls(failed: &Failed) -> Vec<String> {
    let threads = failed.calls.threads.iter();
    threads
        .map(|calls| {
            let said = calls.iter().map(|said| format!("{} -> {:?}", said.call, said.answer));
            said.collect::<Vec<_>>().join("; ")
        })
        .collect()
}

/// Nothing in common orders the two: the representative of the class is as it should be.
#[test]
fn the_answer_that_came_too_late_is_shown_after_the_call() {
    let failed = failed(&stale::SCENARIO, REDUCED);
    assert_eq!(failed.failure.outcome(), Some("NOT_EXPLAINED"), "{failed:?}");
    assert_eq!(calls(&failed), ["set(1) -> Some(Gave(\"()\"))", "get() -> Some(Gave(\"0\"))"]);
    assert_eq!(failed.answered_before, [[(0, 0), (1, 0)]]);
    let steps: Vec<&str> = failed.failure.steps.iter().map(|step| step.op.as_str()).collect();
    assert_eq!(steps, ["store", "load"]);
}

#[test]
fn the_order_of_a_threads_own_calls_is_reason_enough() {
    let scan = failed(&scan::SCENARIO, REDUCED);
    assert_eq!(scan.failure.kind, Kind::Forbidden);
    assert_eq!(scan.failure.outcome(), Some("NOT_EXPLAINED"), "{scan:?}");
    // The order of each thread's own calls is enough.
    assert!(scan.answered_before.is_empty(), "{scan:?}");
    assert_eq!(scan.failure.actors.len(), scan.calls.threads.len(), "{scan:?}");
}

/// One forced failure of a weak exchange, which std allows: the second look of every exploration.
#[test]
fn a_weak_exchange_without_its_loop_is_found() {
    let failed = failed(&seats::SCENARIO, REDUCED);
    assert_eq!(failed.failure.outcome(), Some("NOT_EXPLAINED"));
}

/// A panic is an answer; one that nothing explains fails with the call that panicked.
#[test]
fn a_panic_is_what_a_call_came_to() {
    let failed = failed(&noisy::SCENARIO, REDUCED);
    assert_eq!(failed.failure.outcome(), Some("NOT_EXPLAINED"), "{failed:?}");
    let answers = failed.calls.threads.iter().flatten().filter_map(|said| said.answer.as_ref());
    assert!(answers.count() >= 2, "{failed:?}");
}

/// Under C11 the order is what the program itself makes: two words written for one reader.
#[test]
fn under_c11_nothing_is_in_order_but_what_the_program_orders() {
    let stale = tested(&stale::SCENARIO, GRAPHS, &Limits { calls: 3, ..Limits::default() });
    assert_eq!(stale.amounts(), Amounts::Passed, "{stale:?}");
    let failed = failed(&counter::SCENARIO, REDUCED);
    assert_eq!(failed.failure.outcome(), Some("NOT_EXPLAINED"));
}

#[test]
fn what_is_right_passes_with_what_was_tried() {
    let limits = Limits { calls: 4, of_a_shape: 40, ..Limits::default() };
    for engine in [REDUCED, GRAPHS] {
        let tested = tested(&one_lock::SCENARIO, engine, &limits);
        assert_eq!(tested.amounts(), Amounts::Passed, "{tested:?}");
        let chosen: u64 = tested.shapes.iter().map(|tried| tried.chosen).sum();
        assert_eq!(tested.explored() + tested.too_long, chosen, "{tested:?}");
    }
}
