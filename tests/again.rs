//! The second races: each version that is right has one or a reason, passes it, and could fail it.

use racelab::explore::{Engine, LOOM, REDUCED};
use std::sync::Mutex;
use std::time::Duration;

use racelab::explore::{Budget, search, weaken};
use racelab::report::{Report, Verdict};
use racelab::scenario::Scenario;
use racelab_demos::course::{Demo, Expect, Role, Turn, Verdicts, Version};

/// Versions without a second race, each with the reason.
const EXCEPTIONS: &[(&str, &str)] = &[
    ("false-sharing fixed", "its race counts twice with each counter: what is left is time"),
    ("false-sharing padded-to-64", "as the fixed version: no order of the threads can break it"),
    ("wrong-indirection fixed", "one tool looks at one program, and nothing is left behind"),
    ("wrong-indirection both-versions", "as the fixed version, with the other layout"),
];
const MAX_EXCEPTIONS: usize = 6;

/// A reduced search that is to be over in well under a second, in a debug build too.
const EXECUTIONS: u64 = 2_000;

fn versions() -> Vec<(&'static Demo, &'static Version)> {
    let of = |demo: &'static Demo| demo.versions.iter().map(move |version| (demo, version));
    racelab_demos::every().flat_map(of).collect()
}

fn right(version: &Version) -> bool {
    matches!(version.role, Role::Fixed | Role::Alternative)
}

fn name(demo: &Demo, version: &Version) -> String {
    format!("{} {}", demo.name, version.name())
}

/// The file with the judge.
fn judge(scenario: &Scenario) -> &'static str {
    scenario.sources.last().expect("a judge").file
}

/// What `check` says against each version, on two threads.
fn wrong(check: impl Fn(&Demo, &Version) -> Vec<String> + Sync) -> Vec<String> {
    let left = Mutex::new(versions().into_iter());
    let work = || {
        let next = || left.lock().ok().and_then(|mut left| left.next());
        let said = |(demo, version)| check(demo, version);
        std::iter::from_fn(next).flat_map(said).collect::<Vec<String>>()
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        let mine = work();
        [mine, other.join().expect("no check panics")].concat()
    })
}

#[test]
fn every_right_version_has_a_second_race_or_a_reason() {
    let excepted = |name: &str| EXCEPTIONS.iter().any(|(excepted, _)| *excepted == name);
    for (demo, version) in versions().into_iter().filter(|(_, version)| right(version)) {
        let name = name(demo, version);
        assert_ne!(version.again.is_some(), excepted(&name), "{name}");
        if let Some(again) = version.again {
            assert_ne!(judge(again.scenario), judge(version.scenario), "{name}");
            assert_eq!(again.scenario.sources[0].file, version.scenario.sources[0].file, "{name}");
            assert_eq!(again.verdicts.sc, Expect::Passes, "{name}");
        }
    }
    let known =
        |name: &str| versions().iter().any(|(demo, version)| self::name(demo, version) == name);
    assert!(EXCEPTIONS.iter().all(|(name, reason)| known(name) && !reason.is_empty()));
    assert!(EXCEPTIONS.len() <= MAX_EXCEPTIONS);
}

/// Prints the table: `cargo test --test again -- --nocapture`.
#[test]
fn every_second_race_is_as_declared() {
    let wrong = wrong(|demo, version| {
        let Some((scenario, verdicts)) = version.race(Turn::Again) else { return Vec::new() };
        let name = name(demo, version);
        let check = |engine| differs(&name, scenario, engine, &verdicts);
        [REDUCED, LOOM].into_iter().filter_map(check).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn differs(
    name: &str,
    scenario: &Scenario,
    engine: &'static dyn Engine,
    verdicts: &Verdicts,
) -> Option<String> {
    let expect = verdicts.of(&engine.facts())?;
    if matches!(expect, Expect::Skipped(_)) {
        return None;
    }
    let report = search::explore(scenario, engine, &Budget::default());
    let (executions, seconds) = (report.executions, report.seconds);
    println!("{name:32} {engine:?}: {executions:6} executions, {seconds:.3} s");
    let as_declared = match expect {
        Expect::Fails(kind) => report.failure.as_ref().is_some_and(|failure| failure.kind == kind),
        _ => report.verdict() == Verdict::Passed && ends_as_required(scenario, engine, &report),
    };
    let small = engine == LOOM || executions <= EXECUTIONS;
    (!as_declared || !small).then(|| {
        let found = racelab::words::report::text(&report, &racelab::words::Page::default());
        format!("{name}: declared {expect:?}, found {found}")
    })
}

/// Every interleaving was followed, so what is required has come up.
fn ends_as_required(scenario: &Scenario, engine: &'static dyn Engine, report: &Report) -> bool {
    let came_up = |id: &str| report.outcomes.iter().any(|row| row.id == id && row.count > 0);
    let mut required = scenario.outcomes().iter().filter(|meaning| meaning.required);
    engine == LOOM || required.all(|meaning| came_up(meaning.id))
}

/// A race that no wrong version fails would say nothing of a right one.
#[test]
fn every_second_race_can_object() {
    let wrong = wrong(|demo, version| {
        let again = version.again.filter(|_| right(version));
        let Some(again) = again else { return Vec::new() };
        let (name, judge) = (name(demo, version), judge(again.scenario));
        match near_fix(demo, judge).or_else(|| weaker(again.scenario)) {
            Some(why) => {
                println!("{name:32} {judge}: {why}");
                Vec::new()
            }
            None => vec![format!("{name}: nothing fails {judge}")],
        }
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A near-fix that fails before the same judge.
fn near_fix(demo: &Demo, judge: &str) -> Option<String> {
    let near = demo.versions.iter().filter(|version| version.role == Role::NearFix);
    let races = near.flat_map(|near| near.races().map(move |race| (near, race)));
    let mut same = races.filter(|(_, (_, scenario, _))| self::judge(scenario) == judge);
    same.find_map(|(near, (_, scenario, _))| {
        let report = search::explore(scenario, REDUCED, &Budget::default());
        Some(format!("{} fails: {}", near.name(), report.failure?.why))
    })
}

/// A weakening of the version itself.
fn weaker(scenario: &Scenario) -> Option<String> {
    let budget = Budget { time: Duration::from_secs(2), ..Budget::default() };
    let row = weaken::objection(scenario, &[REDUCED, LOOM], &budget)?;
    Some(format!("{}:{} {}: {}", row.what.file, row.what.line, row.what, row.objection?))
}
