//! Every version of every demo under both checkers, against the verdict that the demo declares.
//!
//! The broken versions are mutants made by hand, and the engines must kill each one.

use racelab::explore::{Budget, LOOM, REDUCED, search};
use racelab::report::{Report, Verdict};
use racelab_demos::course::{Expect, Role, Turn};

use crate::explored::races;

/// A small exploration is repeated here, in this process; two processes repeat every one, in
/// `tests/cli`.
const SMALL: u64 = 500;

fn differs(report: &Report, expect: Expect) -> Option<String> {
    let as_declared = match expect {
        Expect::Passes => report.verdict() == Verdict::Passed,
        Expect::Fails(kind) => report.failure.as_ref().is_some_and(|failure| failure.kind == kind),
        Expect::Skipped(_) => true,
    };
    (!as_declared).then(|| {
        format!(
            "declared {expect:?}, found {}",
            racelab::words::report::text(report, &racelab::words::Page::default())
        )
    })
}

#[test]
fn every_interleaving_is_as_declared() {
    for explored in races(Turn::First) {
        let report = explored.of(REDUCED).expect("it is explored");
        let differs = differs(report, explored.verdicts.sc);
        assert_eq!(differs, None, "{}", explored.name());
        assert!(report.distinct.is_some_and(|distinct| distinct > 0));
    }
}

#[test]
fn loom_is_as_declared() {
    for explored in races(Turn::First) {
        // Not where it judges nothing.
        let Some(report) = explored.of(LOOM) else { continue };
        let differs = differs(report, explored.verdicts.of(&LOOM.facts()).expect("it decides C11"));
        assert_eq!(differs, None, "{}", explored.name());
    }
}

/// What the table shows is one of the executions that were counted, and can be read.
#[test]
fn every_failure_is_shown_with_names_and_source() {
    for explored in races(Turn::First) {
        for report in &explored.reports {
            let Some(failure) = &report.failure else { continue };
            let name = format!("{} {}", explored.name(), report.engine.name);
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
    for explored in races(Turn::First).filter(|explored| explored.version.role == Role::Broken) {
        let report = explored.of(REDUCED).expect("it is explored");
        let Some(failure) = &report.failure else { continue };
        let (name, steps, switches) = (explored.name(), failure.steps.len(), failure.switches);
        assert!(steps <= 18 && switches <= 4, "{name}: {steps} steps, {switches} switches");
    }
}

/// Every outcome that is required can be reached where no interleaving fails: what fails in each
/// of them, by an insert that always panics or by an offset, ends in no other way.
#[test]
fn what_is_required_can_be_reached() {
    let passes = races(Turn::First).filter(|of| of.verdicts.sc == Expect::Passes);
    for explored in passes {
        let all = explored.scenario.outcomes().iter();
        for meaning in all.filter(|meaning| meaning.required) {
            let reached = |report: &Report| {
                report.outcomes.iter().any(|row| row.id == meaning.id && row.count > 0)
            };
            let name = explored.name();
            assert!(explored.reports.iter().any(reached), "{name} never ends as {}", meaning.id);
        }
    }
}

/// The same exploration twice is the same to the letter, but for its times.
#[test]
fn explorations_repeat_themselves() {
    let all = races(Turn::First).flat_map(|of| [(of, REDUCED), (of, LOOM)]);
    let mut repeated = 0;
    for (explored, engine) in all {
        let Some(once) = explored.of(engine).filter(|once| once.executions <= SMALL) else {
            continue;
        };
        let again = search::explore(explored.scenario, engine, &Budget::default());
        let told = |report: &Report| {
            let steps = report.failure.as_ref().map(|failure| failure.steps.clone());
            (report.executions, report.failing, report.outcomes.clone(), steps)
        };
        assert_eq!(told(once), told(&again), "{} {}", explored.name(), engine.name());
        repeated += 1;
    }
    assert!(repeated > 100, "{repeated}");
}
