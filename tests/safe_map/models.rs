//! Small SafeMaps, and small maps of its rivals, under both model checkers.

use racelab::Scenario;
use racelab::demos::safe_map::{copy_on_write, map, one_lock, two_maps};
use racelab::explore::{Budget, search};
use racelab::report::{Report, Verdict};

/// Every interleaving and every stale read, and each required outcome among them.
fn passes(scenario: &Scenario) {
    let budget = Budget::default();
    passed(scenario, &search::reduced(scenario, &budget));
    let loom = search::loom(scenario, &budget);
    passed(scenario, &loom);
    assert_eq!(loom.bounds.preemptions, None, "{}: small enough for no bound", scenario.name);
}

fn passed(scenario: &Scenario, report: &Report) {
    assert_eq!(report.verdict(), Verdict::Passed, "{}: {report:#?}", scenario.name);
    for (meaning, outcome) in scenario.outcomes.iter().zip(&report.outcomes) {
        let possible = outcome.count > 0 || !meaning.required;
        assert!(possible, "{}: {} never came up: {report:#?}", scenario.name, meaning.id);
    }
}

macro_rules! pass {
    ($($name:ident $scenario:path,)+) => {$(
        #[test]
        fn $name() {
            passes(&$scenario);
        }
    )+};
}

pass! {
    insert map::insert::SCENARIO,
    inserted map::inserted::SCENARIO,
    once map::once::SCENARIO,
    overruled map::overruled::SCENARIO,
    panicking map::panicking::SCENARIO,
    remove map::remove::SCENARIO,
    snapshot map::snapshot::SCENARIO,
    one_moment map::one_moment::SCENARIO,
    update map::update::SCENARIO,
    rival_one_lock one_lock::SCENARIO,
    rival_copy_on_write copy_on_write::SCENARIO,
    rival_two_maps_revived two_maps::revived::SCENARIO,
    rival_two_maps_promoted two_maps::promoted::SCENARIO,
}
