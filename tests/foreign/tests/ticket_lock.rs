//! A ticket lock, from Mellor-Crummey and Scott, "Algorithms for scalable synchronization on
//! shared-memory multiprocessors", ACM TOCS 9(1), 1991, section 2.2.

use racelab::explore::Budget;
use racelab::words::{Page, report};
use racelab::report::{Failure, Kind};

racelab::scenario!(mod right = "../../../book/src/your-own-code/ticket_lock/right.rs", judged by "../../../book/src/your-own-code/ticket_lock/race.rs");
racelab::scenario!(mod serving_relaxed = "ticket_lock/serving_relaxed.rs", judged by "../../../book/src/your-own-code/ticket_lock/race.rs");
racelab::scenario!(mod two_steps = "ticket_lock/two_steps.rs", judged by "../../../book/src/your-own-code/ticket_lock/race.rs");

#[test]
fn one_at_a_time() {
    racelab::check(&right::SCENARIO);
}

/// The next one sees that it is served, but nothing says what was done before.
#[test]
fn serving_relaxed_is_a_data_race() {
    let checked = racelab::explore_both(&serving_relaxed::SCENARIO, &Budget::default());
    for found in &checked.reports {
        let failure = found.failure.as_ref().expect("a race");
        assert_eq!(failure.kind, Kind::DataRace);
        assert!(failure.why.to_string().contains("serving_relaxed.rs:33"), "{}", failure.why);
    }
    let told = report::text(&checked.reports[0], &Page::default());
    assert_eq!(told, include_str!("../../../book/src/your-own-code/ticket_lock/serving_relaxed.txt"), "the book shows this");
}

/// Two threads draw one number: both are served at once, or one waits for ever.
#[test]
fn a_ticket_drawn_in_two_steps_is_drawn_twice() {
    let checked = racelab::explore_both(&two_steps::SCENARIO, &Budget::default());
    let failures: Vec<&Failure> = checked.reports.iter().flat_map(|r| &r.failure).collect();
    let [interleaved, graphs, loom] = failures.as_slice() else { panic!("all see it: {checked:?}") };
    assert_eq!(graphs.kind, interleaved.kind);
    assert_eq!(interleaved.kind, Kind::Livelock);
    assert!(interleaved.why.to_string().contains("a change that nobody can make"), "{}", interleaved.why);
    assert_eq!(loom.kind, Kind::DataRace);
    let draws = interleaved.steps.iter().filter(|step| step.source.contains("next_ticket.load"));
    assert_eq!(draws.count(), 2);
}
