//! Every version of every demo under both checkers, against the verdict that the demo declares.
//!
//! The broken versions are mutants made by hand, and the engines must kill each one.

use racelab::demo::{Demo, Expect, Role, Version};
use racelab::demos;
use racelab::explore::{Budget, search};
use racelab::report::{Engine, Report, Verdict};

fn explore(version: &Version, engine: Engine) -> Report {
    search::explore(version.scenario, engine, &Budget::default())
}

fn differs(report: &Report, expect: Expect) -> Option<String> {
    let as_declared = match expect {
        Expect::Passes => report.verdict() == Verdict::Passed,
        Expect::Fails(kind) => report.failure.as_ref().is_some_and(|failure| failure.kind == kind),
        Expect::Skipped(_) => true,
    };
    (!as_declared).then(|| {
        format!(
            "declared {expect:?}, found {}",
            racelab::render::report::text(report, &racelab::render::Page::default())
        )
    })
}

fn every_version() -> impl Iterator<Item = (&'static Demo, &'static Version)> {
    demos::every().flat_map(|demo| demo.versions.iter().map(move |version| (demo, version)))
}

#[test]
fn every_interleaving_is_as_declared() {
    for (demo, version) in every_version() {
        let report = explore(version, Engine::Reduced);
        let differs = differs(&report, version.verdicts.interleavings);
        assert_eq!(differs, None, "{} {}", demo.name, version.name());
        assert!(report.seconds < 10.0 && report.distinct.is_some_and(|distinct| distinct > 0));
    }
}

#[test]
fn loom_is_as_declared() {
    for (demo, version) in every_version() {
        let report = explore(version, Engine::Loom);
        let differs = differs(&report, version.verdicts.loom);
        assert_eq!(differs, None, "{} {}", demo.name, version.name());
    }
}

/// What the table shows is one of the executions that were counted, and can be read.
#[test]
fn every_failure_is_shown_with_names_and_source() {
    for (demo, version) in every_version() {
        for engine in [Engine::Reduced, Engine::Loom] {
            let Some(failure) = explore(version, engine).failure else { continue };
            let name = format!("{} {} {engine:?}", demo.name, version.name());
            assert!(!failure.steps.is_empty(), "{name} shows no step");
            for step in &failure.steps {
                // A guard that goes out of scope does so on no line of its own.
                let unlocks = step.op == "unlock";
                assert!(unlocks || !step.source.is_empty(), "{name} has no source for {step:?}");
                assert_ne!(step.field, "unnamed", "{name} has no name for {step:?}");
            }
        }
    }
}

/// A broken race can be read at a glance.
#[test]
fn broken_versions_fail_in_few_steps() {
    for (demo, version) in every_version().filter(|(_, version)| version.role == Role::Broken) {
        let Some(failure) = explore(version, Engine::Reduced).failure else { continue };
        let (steps, switches) = (failure.steps.len(), failure.switches);
        assert!(steps <= 18 && switches <= 4, "{}: {steps} steps, {switches} switches", demo.name);
    }
}

/// Every outcome that is required can be reached where no interleaving fails: what fails in each
/// of them, by an insert that always panics or by an offset, ends in no other way.
#[test]
fn what_is_required_can_be_reached() {
    let passes = |version: &Version| version.verdicts.interleavings == Expect::Passes;
    for (demo, version) in every_version().filter(|(_, version)| passes(version)) {
        let reports = [explore(version, Engine::Reduced), explore(version, Engine::Loom)];
        for meaning in version.scenario.outcomes.iter().filter(|meaning| meaning.required) {
            let reached = |report: &Report| {
                report.outcomes.iter().any(|row| row.id == meaning.id && row.count > 0)
            };
            let (demo, version) = (demo.name, version.name());
            assert!(reports.iter().any(reached), "{demo} {version} never ends as {}", meaning.id);
        }
    }
}

/// The same exploration twice is the same to the letter, but for its times.
#[test]
fn explorations_repeat_themselves() {
    for (demo, version) in every_version() {
        for engine in [Engine::Reduced, Engine::Loom] {
            let run = || {
                let report = explore(version, engine);
                let steps = report.failure.as_ref().map(|failure| failure.steps.clone());
                (report.executions, report.failing, report.outcomes, steps)
            };
            assert_eq!(run(), run(), "{} {} {engine:?}", demo.name, version.name());
        }
    }
}
