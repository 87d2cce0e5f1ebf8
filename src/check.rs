//! The front door for your own code: check a scenario in an ordinary test.

use std::panic::Location;
use std::time::Duration;

use crate::explore::{Budget, search};
use crate::render::{self, Page};
use crate::report::{Engine, Report, Verdict};
use crate::scenario::Scenario;
use crate::trial::{self, Job, Launch};

/// What both checkers found in a scenario.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Every interleaving under sequential consistency, then loom.
    pub reports: Vec<Report>,
}

impl Checked {
    /// Whether nothing failed, and everything within the stated bounds was seen.
    pub fn passed(&self) -> bool {
        self.reports.iter().all(|report| report.verdict() == Verdict::Passed)
    }

    /// The simplest failure that was found: without reordering if there is one.
    pub fn failure(&self) -> Option<&crate::report::Failure> {
        self.reports.iter().find_map(|report| report.failure.as_ref())
    }
}

/// Runs a scenario under both checkers, each in a child process, for the test that calls this:
/// the test's own executable is started again with the test's exact name.
///
/// # Panics
/// When something failed, with the failing execution as a table; when an exploration did not come
/// to its end. Each says which.
#[track_caller]
pub fn check(scenario: &'static Scenario) {
    check_within(scenario, &Budget::default());
}

/// As [`check`], with limits of your own.
///
/// # Panics
/// As [`check`].
#[track_caller]
pub fn check_within(scenario: &'static Scenario, budget: &Budget) {
    let checked = explore(scenario, budget);
    if !checked.passed() {
        let words = |report| render::report::text(report, &Page::default());
        let told: Vec<String> = checked.reports.iter().map(words).collect();
        panic!("{}: not passed\n\n{}", scenario.name, told.join("\n"));
    }
}

/// As [`check`], but returns what was found instead of panicking at a failure.
///
/// # Panics
/// When no child process can be started.
#[track_caller]
pub fn explore(scenario: &'static Scenario, budget: &Budget) -> Checked {
    let at = Location::caller();
    let place = format!("{}:{}:{} {}", at.file(), at.line(), at.column(), scenario.name);
    if trial::is_child() {
        // A child is there for one scenario of one line: any other is passed over.
        trial::serve(|wanted| (wanted == place).then_some(scenario));
        return Checked { reports: Vec::new() };
    }
    let Some(arguments) = this_test() else { return here(scenario, budget) };
    let launch = Launch { arguments, ..Launch::default() };
    let deadline = budget.time + Duration::from_secs(10);
    let run = |engine| {
        let job = Job { scenario: place.clone(), engine, budget: budget.clone() };
        match trial::run(&job, &launch, deadline, &|_| {}) {
            Ok(report) => report,
            Err(error) => panic!("racelab could not check {}: {error:#}", scenario.name),
        }
    };
    // Two children at once: there are two checkers, and rarely fewer processors.
    let reports = std::thread::scope(|scope| {
        let loom = scope.spawn(|| run(Engine::Loom));
        let reduced = run(Engine::Reduced);
        match loom.join() {
            Ok(loom) => vec![reduced, loom],
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    Checked { reports }
}

/// Explores in this process: a crash or a hang of the scenario is then one of the test's own.
fn here(scenario: &'static Scenario, budget: &Budget) -> Checked {
    let explore = |engine| search::explore(scenario, engine, budget);
    Checked { reports: vec![explore(Engine::Reduced), explore(Engine::Loom)] }
}

/// The arguments that make this executable run this test and no other, if its name is known: a
/// test runs on a thread of its name, unless it runs alone on the main thread.
fn this_test() -> Option<Vec<String>> {
    let thread = std::thread::current();
    let name = match thread.name() {
        Some(name) if name != "main" => name.to_string(),
        _ => {
            // `--exact NAME` tells it, wherever it stands.
            let arguments: Vec<String> = std::env::args().skip(1).collect();
            arguments.iter().any(|argument| argument == "--exact").then_some(())?;
            arguments.into_iter().find(|argument| !argument.starts_with('-'))?
        }
    };
    let options = ["--exact", "--nocapture", "--include-ignored"].map(String::from);
    Some([vec![name], options.to_vec()].concat())
}
