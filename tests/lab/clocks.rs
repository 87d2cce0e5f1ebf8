//! The race clocks: they flag what nothing orders, and nothing else.

use racelab::explore::{Budget, search};
use racelab::explore::{RANDOM, REDUCED};
use racelab::report::{Kind, Verdict};

use crate::explore;
use crate::structures::{counter, header, seqlock, spin_lock, treiber, two_locks, unpublished};
use crate::torn_header_fixed;

fn random(scenario: &racelab::Scenario) -> racelab::report::Report {
    search::explore(scenario, RANDOM, &Budget { executions: 1_000, ..Budget::default() })
}

#[test]
fn an_unsynchronised_counter_is_flagged_in_every_execution() {
    let report = random(&counter::SCENARIO);
    assert_eq!((report.executions, report.failing), (1_000, 1_000));
    assert_eq!(report.failure.unwrap().kind, Kind::DataRace);
    // The outcome is wrong in some of them only: luck would miss the rest.
    let lost = report.outcomes.iter().find(|row| row.id == "LOST").unwrap().count;
    assert!(lost < 1_000);
}

#[test]
fn right_scenarios_are_never_flagged() {
    let all = [
        &header::SCENARIO,
        &spin_lock::SCENARIO,
        &seqlock::SCENARIO,
        &treiber::SCENARIO,
        &two_locks::SCENARIO,
        &torn_header_fixed::SCENARIO,
    ];
    for scenario in all {
        let report = random(scenario);
        assert_eq!((report.executions, report.failing), (1_000, 0), "{}", scenario.name);
        assert_eq!(explore(scenario, REDUCED).verdict(), Verdict::Passed);
    }
}

/// shuttle alone cannot see a missing Release: every interleaving is fine. The clocks can.
#[test]
fn a_missing_release_is_a_race_although_every_outcome_is_fine() {
    let report = explore(&unpublished::SCENARIO, REDUCED);
    let failure = report.failure.expect("a data race");
    assert_eq!(failure.kind, Kind::DataRace);
    let why = failure.why.to_string();
    assert!(why.contains("data"), "{why}");
    assert!(why.contains("writer writes") && why.contains("reader reads"));
    assert_eq!((report.failing, report.distinct), (1, Some(2)));
    assert!(report.outcomes.iter().all(|row| row.id != "OTHER" || row.count == 0));
}
