//! A bounded queue for one producer and one consumer, from Lamport, "Specifying concurrent program
//! modules", ACM TOPLAS 5(2), 1983.

use racelab::explore::Budget;
use racelab::report::Kind;

racelab::scenario!(mod right = "ring/right.rs", judged by "ring/race.rs");
racelab::scenario!(mod tail_relaxed = "ring/tail_relaxed.rs", judged by "ring/race.rs");
racelab::scenario!(mod one_too_many = "ring/one_too_many.rs", judged by "ring/race.rs");

#[test]
fn what_is_taken_in_comes_out_in_order() {
    racelab::check(&right::SCENARIO);
}

/// The consumer sees that `tail` moved, but not what was written before.
#[test]
fn a_relaxed_tail_is_a_data_race() {
    let checked = racelab::explore_both(&tail_relaxed::SCENARIO, &Budget::default());
    for report in &checked.reports {
        let failure = report.failure.as_ref().expect("a race");
        assert_eq!(failure.kind, Kind::DataRace);
        let ends = ["tail_relaxed.rs:35", "tail_relaxed.rs:47"];
        assert!(ends.iter().all(|end| failure.why.to_string().contains(end)), "{}", failure.why);
    }
}

/// With one value more than there are slots, the oldest is written over.
#[test]
fn one_value_too_many_is_lost() {
    let checked = racelab::explore_both(&one_too_many::SCENARIO, &Budget::default());
    for report in &checked.reports {
        let failure = report.failure.as_ref().expect("a lost value");
        assert_eq!(failure.kind, Kind::Forbidden);
        assert!(failure.why.to_string().contains("a value that was taken in is lost"), "{}", failure.why);
    }
}
