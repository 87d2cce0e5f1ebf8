//! The second races: each version that is right has one or a reason, passes it, and could fail it.

use std::time::Duration;

use racelab::Scenario;
use racelab::explore::{Budget, GRAPHS, LOOM, REDUCED, weaken};
use racelab::report::{EngineFacts, Report, Verdict};
use racelab_demos::course::{Demo, Expect, Role, Turn, Version};

use crate::explored::{Explored, explored, name, on_two_threads, races, versions};

/// Versions without a second race, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("false-sharing fixed", "its race counts twice with each counter: what is left is time"),
    ("false-sharing padded-to-64", "as the fixed version: no order of the threads can break it"),
    ("safe-map lock-parked", "its time is up twice in each wait: twice as many are too many"),
    ("wrong-indirection fixed", "one tool looks at one program, and nothing is left behind"),
    ("wrong-indirection both-versions", "as the fixed version, with the other layout"),
];
const MAX_EXCEPTIONS: usize = 6;

/// A reduced search that is to be over in well under a second, in a debug build too.
const EXECUTIONS: u64 = 2_000;

fn right(version: &Version) -> bool {
    matches!(version.role, Role::Fixed | Role::Alternative)
}

/// The file with the judge.
fn judge(scenario: &Scenario) -> &'static str {
    scenario.sources.last().expect("a judge").file
}

#[test]
fn every_right_version_has_a_second_race_or_a_reason() {
    let excepted = |name: &str| EXCEPTIONS.iter().any(|(excepted, _)| *excepted == name);
    for (demo, version) in versions().filter(|(_, version)| right(version)) {
        let name = name(demo, version);
        assert_ne!(version.again.is_some(), excepted(&name), "{name}");
        if let Some(again) = version.again {
            assert_ne!(judge(again.scenario), judge(version.scenario), "{name}");
            assert_eq!(again.scenario.sources[0].file, version.scenario.sources[0].file, "{name}");
            assert_eq!(again.verdicts.sc, Expect::Passes, "{name}");
        }
    }
    let known = |name: &str| versions().any(|(demo, version)| self::name(demo, version) == name);
    assert!(EXCEPTIONS.iter().all(|(name, reason)| known(name) && !reason.is_empty()));
    assert!(EXCEPTIONS.len() <= MAX_EXCEPTIONS);
}

/// Prints the table: `cargo test --test demos second_race -- --nocapture`.
#[test]
fn every_second_race_is_as_declared() {
    let reports = races(Turn::Again).flat_map(|of| of.reports.iter().map(move |found| (of, found)));
    let wrong: Vec<String> = reports.filter_map(|(of, report)| differs(of, report)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differs(explored: &Explored, report: &Report) -> Option<String> {
    let (name, engine, scenario) = (explored.name(), &report.engine, explored.scenario);
    let expect = explored.verdicts.of(engine)?;
    let (executions, seconds) = (report.executions, report.seconds);
    println!("{name:32} {}: {executions:6} executions, {seconds:.3} s", engine.name);
    let as_declared = match expect {
        Expect::Fails(kind) => report.failure.as_ref().is_some_and(|failure| failure.kind == kind),
        _ => report.verdict() == Verdict::Passed && ends_as_required(scenario, engine, report),
    };
    let small = engine.name == LOOM.name() || executions <= EXECUTIONS;
    (!as_declared || !small).then(|| {
        let found = racelab::words::report::text(report, &racelab::words::Page::default());
        format!("{name}: declared {expect:?}, found {found}")
    })
}

/// Every interleaving was followed, so what is required has come up.
fn ends_as_required(scenario: &Scenario, engine: &EngineFacts, report: &Report) -> bool {
    let came_up = |id: &str| report.outcomes.iter().any(|row| row.id == id && row.count > 0);
    let mut required = scenario.outcomes().iter().filter(|meaning| meaning.required);
    engine.name == LOOM.name() || required.all(|meaning| came_up(meaning.id))
}

/// A race that no wrong version fails would say nothing of a right one.
#[test]
fn every_second_race_can_object() {
    let races: Vec<&Explored> = races(Turn::Again).filter(|of| right(of.version)).collect();
    let objections = on_two_threads(races.into_iter(), |again| {
        let judge = judge(again.scenario);
        let why = near_fix(again.demo, judge).or_else(|| weaker(again.scenario));
        (again.name(), judge, why)
    });
    let mut wrong = Vec::new();
    for (name, judge, why) in objections {
        match why {
            Some(why) => println!("{name:32} {judge}: {why}"),
            None => wrong.push(format!("{name}: nothing fails {judge}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A near-fix that fails before the same judge.
fn near_fix(demo: &Demo, judge: &str) -> Option<String> {
    let near = explored().iter().filter(|of| of.version.role == Role::NearFix);
    let same = near.filter(|of| of.demo.name == demo.name && self::judge(of.scenario) == judge);
    same.filter_map(|of| Some((of, of.of(REDUCED)?.failure.as_ref()?)))
        .map(|(of, failure)| format!("{} fails: {}", of.version.name(), failure.why))
        .next()
}

/// A weakening of the version itself.
fn weaker(scenario: &Scenario) -> Option<String> {
    let budget = Budget { time: Duration::from_secs(2), ..Budget::default() };
    let row = weaken::objection(scenario, &[REDUCED, GRAPHS], &budget)?;
    Some(format!("{}:{} {}: {}", row.what.file, row.what.line, row.what, row.objection?))
}
