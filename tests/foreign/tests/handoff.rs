//! A structure of this crate's own, checked by racelab in ordinary tests.

use racelab::explore::Budget;
use racelab::report::Kind;

racelab::scenario!(mod right = "handoff/right.rs", judged by "handoff/race.rs");
racelab::scenario!(mod relaxed = "handoff/relaxed.rs", judged by "handoff/race.rs");

#[test]
fn a_released_handoff_passes() {
    racelab::check(&right::SCENARIO);
}

#[test]
fn a_relaxed_handoff_is_caught() {
    let checked = racelab::explore_both(&relaxed::SCENARIO, &Budget::default());
    let failure = checked.failure().expect("nothing orders the message");
    assert_eq!(failure.kind, Kind::DataRace);
    assert!(failure.why.to_string().contains("message"), "{}", failure.why);
    assert!(failure.steps.iter().any(|step| step.source.contains("self.message")));
}

#[test]
#[should_panic(expected = "DATA RACE")]
fn check_panics_with_the_failing_execution() {
    racelab::check(&relaxed::SCENARIO);
}
