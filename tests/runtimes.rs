//! Every version of every demo under both checkers, against the verdict that the demo declares.
//!
//! The broken versions are mutants made by hand, and the engines must kill each one.

use racelab::explore::{Engine, LOOM, REDUCED};
use std::sync::{LazyLock, Mutex};

use racelab::explore::{Budget, search};
use racelab::report::{Report, Verdict};
use racelab_demos::course::{Demo, Expect, Role, Version};

fn explore(version: &Version, engine: &'static dyn Engine) -> Report {
    search::explore(version.scenario, engine, &Budget::default())
}

/// One version, and what the reduced search and loom found of it, once and again.
struct Explored {
    demo: &'static Demo,
    version: &'static Version,
    reports: [Report; 2],
    again: [Report; 2],
}

impl Explored {
    fn new((demo, version): (&'static Demo, &'static Version)) -> Explored {
        let both = || [REDUCED, LOOM].map(|engine| explore(version, engine));
        Explored { demo, version, reports: both(), again: both() }
    }

    fn reduced(&self) -> &Report {
        &self.reports[0]
    }

    fn loom(&self) -> &Report {
        &self.reports[1]
    }

    fn name(&self) -> String {
        format!("{} {}", self.demo.name, self.version.name())
    }
}

/// Every version, explored for all tests together, on two threads.
fn explored() -> &'static [Explored] {
    static EXPLORED: LazyLock<Vec<Explored>> = LazyLock::new(|| {
        let left = Mutex::new(every_version().enumerate());
        let work = || -> Vec<_> {
            // The lock is given back before the exploration.
            let next = || left.lock().ok().and_then(|mut left| left.next());
            std::iter::from_fn(next).map(|(at, version)| (at, Explored::new(version))).collect()
        };
        let mut all = std::thread::scope(|scope| {
            let other = scope.spawn(work);
            let mine = work();
            let theirs = other.join().expect("no exploration panics");
            mine.into_iter().chain(theirs).collect::<Vec<_>>()
        });
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, explored)| explored).collect()
    });
    &EXPLORED
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
            racelab::words::report::text(report, &racelab::words::Page::default())
        )
    })
}

fn every_version() -> impl Iterator<Item = (&'static Demo, &'static Version)> {
    racelab_demos::every().flat_map(|demo| demo.versions.iter().map(move |version| (demo, version)))
}

#[test]
fn every_interleaving_is_as_declared() {
    for explored in explored() {
        let report = explored.reduced();
        let differs = differs(report, explored.version.verdicts.sc);
        assert_eq!(differs, None, "{}", explored.name());
        assert!(report.distinct.is_some_and(|distinct| distinct > 0));
    }
}

#[test]
fn loom_is_as_declared() {
    for explored in explored() {
        let differs = differs(
            explored.loom(),
            explored.version.verdicts.of(&LOOM.facts()).expect("it decides C11"),
        );
        assert_eq!(differs, None, "{}", explored.name());
    }
}

/// What the table shows is one of the executions that were counted, and can be read.
#[test]
fn every_failure_is_shown_with_names_and_source() {
    for explored in explored() {
        for report in &explored.reports {
            let Some(failure) = &report.failure else { continue };
            let name = format!("{} {:?}", explored.name(), report.engine);
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
    for explored in explored().iter().filter(|explored| explored.version.role == Role::Broken) {
        let Some(failure) = &explored.reduced().failure else { continue };
        let (name, steps, switches) = (explored.name(), failure.steps.len(), failure.switches);
        assert!(steps <= 18 && switches <= 4, "{name}: {steps} steps, {switches} switches");
    }
}

/// Every outcome that is required can be reached where no interleaving fails: what fails in each
/// of them, by an insert that always panics or by an offset, ends in no other way.
#[test]
fn what_is_required_can_be_reached() {
    let passes = |of: &&Explored| of.version.verdicts.sc == Expect::Passes;
    for explored in explored().iter().filter(passes) {
        let all = explored.version.scenario.outcomes().iter();
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
    for explored in explored() {
        for (once, again) in explored.reports.iter().zip(&explored.again) {
            let told = |report: &Report| {
                let steps = report.failure.as_ref().map(|failure| failure.steps.clone());
                (report.executions, report.failing, report.outcomes.clone(), steps)
            };
            assert_eq!(told(once), told(again), "{} {:?}", explored.name(), once.engine);
        }
    }
}
