//! Small SafeMaps, and small maps of its rivals, under both model checkers.

use racelab::Scenario;
use racelab::explore::{Budget, search};
use racelab::explore::{LOOM, REDUCED};
use racelab::report::{Report, Verdict};
use racelab_demos::safe_map::DEMO;

#[test]
fn no_interleaving_breaks_a_promise() {
    each(|scenario| passed(scenario, &search::explore(scenario, REDUCED, &Budget::default())));
}

#[test]
fn no_stale_read_breaks_a_promise() {
    each(|scenario| {
        let report = search::explore(scenario, LOOM, &Budget::default());
        passed(scenario, &report);
        assert_eq!(report.bounds.preemptions, None, "{}: it is small enough", scenario.name);
    });
}

fn each(check: impl Fn(&Scenario)) {
    DEMO.versions.iter().for_each(|version| check(version.scenario));
}

/// Everything was seen, nothing failed, and each required outcome came up.
fn passed(scenario: &Scenario, report: &Report) {
    assert_eq!(report.verdict(), Verdict::Passed, "{}: {report:#?}", scenario.name);
    for (meaning, outcome) in scenario.outcomes().iter().zip(&report.outcomes) {
        let possible = outcome.count > 0 || !meaning.required;
        assert!(possible, "{}: {} never came up: {report:#?}", scenario.name, meaning.id);
    }
}
