//! Small SafeMaps, and small maps of its rivals, under both model checkers.

use std::collections::BTreeMap;

use racelab::Scenario;
use racelab::explore::weaken::{Need, weaken};
use racelab::explore::{Budget, search};
use racelab::explore::{GRAPHS, LOOM, REDUCED};
use racelab::report::{Report, Verdict};
use racelab_demos::course::{Expect, Version};
use racelab_demos::safe_map::DEMO;

#[test]
fn no_interleaving_breaks_a_promise() {
    for version in DEMO.versions {
        let scenario = version.scenario;
        passed(scenario, &search::explore(scenario, REDUCED, &Budget::default()));
    }
}

#[test]
fn no_stale_read_breaks_a_promise() {
    let judged = |version: &&Version| {
        !matches!(version.verdicts.of(&LOOM.facts()), Some(Expect::Skipped(_)))
    };
    for version in DEMO.versions.iter().filter(judged) {
        let scenario = version.scenario;
        let report = search::explore(scenario, LOOM, &Budget::default());
        passed(scenario, &report);
        assert_eq!(report.bounds.preemptions, None, "{}: it is small enough", scenario.name);
    }
}

/// What the lock's orderings are for: each is needed by one of its races.
#[test]
fn each_ordering_of_the_lock_is_needed() {
    let of_lock = |version: &Version| version.scenario.sources[0].name() == "lock.rs";
    let places = weakened(of_lock, |_| true);
    // The first bias makes the slots, and making them orders what this load would; it is for later
    // ones, which no race of this size comes to.
    let first_bias = |place: &str| place.ends_with(" load");
    let idle = places.iter().filter(|(place, needed)| !**needed && !first_bias(place));
    let idle: Vec<_> = idle.collect();
    assert!(places.len() > 6 && idle.is_empty(), "{idle:?} of {places:?}");
}

/// What the pointer to a shard's parts is ordered for.
#[test]
fn each_ordering_of_the_parts_is_needed() {
    let of_parts = |version: &Version| ["cut", "moved", "visited"].contains(&version.scenario.name);
    let places = weakened(of_parts, |file| file == "set_once.rs");
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(places.values().all(|needed| *needed), "{places:?}");
}

/// Each place of some files that can be weakened, and whether a race of some versions objects.
fn weakened(
    version: impl Fn(&Version) -> bool,
    file: impl Fn(&str) -> bool,
) -> BTreeMap<String, bool> {
    let mut places: BTreeMap<String, bool> = BTreeMap::new();
    for version in DEMO.versions.iter().filter(|found| found.again.is_some() && version(found)) {
        for (_, scenario, _) in version.races() {
            let table = weaken(scenario, &[REDUCED, GRAPHS], &Budget::default());
            for row in table.rows.into_iter().filter(|row| file(&row.what.file)) {
                let what = row.what;
                let place = format!("{}:{} {}", what.file, what.line, what.operation);
                *places.entry(place).or_default() |= row.verdict == Need::Needed;
            }
        }
    }
    places
}

/// Everything was seen, nothing failed, and each required outcome came up.
fn passed(scenario: &Scenario, report: &Report) {
    assert_eq!(report.verdict(), Verdict::Passed, "{}: {report:#?}", scenario.name);
    for (meaning, outcome) in scenario.outcomes().iter().zip(&report.outcomes) {
        let possible = outcome.count > 0 || !meaning.required;
        assert!(possible, "{}: {} never came up: {report:#?}", scenario.name, meaning.id);
    }
}
