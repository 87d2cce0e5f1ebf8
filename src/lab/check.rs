//! The front door for your own code: check a scenario in an ordinary test.

mod against;
mod call;
mod game;
mod junit;
mod replay;

use std::fmt;
use std::panic::Location;

use crate::contradiction;
use crate::explore::{Budget, Engines, NATIVE, search};
use crate::race::Meaning;
use crate::report::{End, Report, Stop, Verdict};
use crate::scenario::Scenario;
use crate::second::{self, deciding};
use crate::trial::{self, Job, Launch, moment};
use crate::words::{Page, report};

pub use against::{CheckedAgainst, check_against, check_against_within, explore_against};
pub(crate) use call::{Call, shared};

/// What the checkers found in a scenario.
#[derive(Clone, Debug)]
pub struct Checked {
    /// One of each engine, in the order of the table: interleavings under sequential consistency,
    /// execution graphs, then loom.
    pub reports: Vec<Report>,
    /// Outcomes that the race requires and that never came up, though everything was seen.
    pub missing: Vec<Meaning>,
    /// What this machine showed in a moment on real threads, where all checkers pass and the race
    /// may run there. Where it contradicts them, the reports say so.
    pub machine: Option<Report>,
}

impl Checked {
    pub(crate) fn new(
        scenario: &Scenario,
        reports: Vec<Report>,
        machine: Option<Report>,
    ) -> Checked {
        let missing = missing(scenario.outcomes(), &reports);
        Checked { reports, missing, machine }
    }

    /// Whether nothing failed, everything within the stated bounds was seen, each required outcome
    /// came up, and this machine did not contradict that. What loom says counts only where no exact
    /// engine has decided.
    pub fn passed(&self) -> bool {
        self.missing.is_empty()
            && deciding(&self.reports).all(|report| report.verdict() == Verdict::Passed)
    }

    /// Whether nothing failed, and nothing is missing but the end: a bound was met.
    pub fn cut(&self) -> bool {
        let cut = |report: &Report| {
            matches!(report.verdict(), Verdict::Passed | Verdict::Inconclusive)
                && matches!(
                    report.end,
                    End::Complete | End::Cut(Stop::Time(_) | Stop::Executions(_) | Stop::Late(_))
                )
        };
        !self.passed() && self.missing.is_empty() && deciding(&self.reports).all(cut)
    }

    /// Whether these are shares that were explored to their ends, and nothing failed in them: no
    /// verdict, which [`merge`](crate::report::merge) comes to.
    pub fn is_share(&self) -> bool {
        !self.reports.is_empty() && self.reports.iter().all(Report::is_share)
    }

    /// Whether nothing failed because nothing was seen: the threads share nothing of `rt`'s.
    pub fn silent(&self) -> bool {
        !self.reports.is_empty()
            && self
                .reports
                .iter()
                .all(|report| report.failure.is_none() && matches!(report.end, End::Unseen(_)))
    }

    /// The simplest failure that was found: without reordering if there is one.
    pub fn failure(&self) -> Option<&crate::report::Failure> {
        deciding(&self.reports).find_map(|report| report.failure.as_ref())
    }
}

/// As a failing test prints it.
impl fmt::Display for Checked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report::checked(&self.reports, &self.missing, &Page::default()))?;
        // In one line each: they are copied.
        call::again(call::failures(&self.reports))
            .try_for_each(|command| writeln!(f, "  Once more: {command}"))
    }
}

/// The required outcomes that came up nowhere, though every exploration came to its end and one of
/// them had no bound.
fn missing(outcomes: &[Meaning], reports: &[Report]) -> Vec<Meaning> {
    let complete = deciding(reports).all(|report| report.end == End::Complete);
    let came_up = || deciding(reports).flat_map(Report::came_up);
    let ended = came_up().next().is_some();
    let seen = |id: &str| came_up().any(|row| row.id == id);
    if !complete || !ended || !reports.iter().any(Report::exhaustive) {
        return Vec::new();
    }
    outcomes.iter().filter(|row| row.required && !seen(row.id)).copied().collect()
}

/// Runs a scenario under both checkers, each in a child process, for the test that calls this:
/// the test's own executable is started again with the test's exact name. Where both pass, it runs
/// on real threads for some 10 ms in another, and they may not show anything else.
///
/// With `RACELAB_PARTITION=2/4` in the environment it explores the second share of four, says on stderr
/// what that came to, and is no verdict: `racelab check --merge` comes to one.
///
/// # Panics
/// When something failed, with the failing execution as a table; when a required outcome never
/// came up; when an exploration did not come to its end; when this machine contradicts what was
/// found. Each says which.
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
    if checked.is_share() {
        eprintln!("{}\n{checked}", scenario.name);
    } else if !checked.passed() {
        panic!("{}: not passed\n\n{checked}", scenario.name);
    }
}

/// As [`check`], but returns what was found instead of panicking at a failure.
///
/// # Panics
/// When no child process can be started.
#[track_caller]
pub fn explore(scenario: &'static Scenario, budget: &Budget) -> Checked {
    explore_with(&Engines::standard(), scenario, budget)
}

/// As [`explore`], with the engines of this table that explore by default.
///
/// # Panics
/// When no child process can be started, or a specification judges the scenario: that is for
/// [`check_against`].
#[track_caller]
pub fn explore_with(engines: &Engines, scenario: &'static Scenario, budget: &Budget) -> Checked {
    assert!(
        scenario.specification().is_none(),
        "a specification judges {}: racelab::check_against checks it",
        scenario.name
    );
    let (place, call) = (place(Location::caller(), scenario), Call::here());
    if trial::is_child() {
        // A test may check several scenarios: this child is there for one of them, by its line.
        trial::serve(engines, |wanted| (wanted == place).then_some(scenario));
        return Checked { reports: Vec::new(), missing: Vec::new(), machine: None };
    }
    if call.replays(engines, scenario) {
        return Checked { reports: Vec::new(), missing: Vec::new(), machine: None };
    }
    let budget = &shared(budget);
    let mut checked = explored(&dividing(engines, budget), scenario, budget, &place);
    call.tell(engines, &mut checked, (&place, scenario.outcomes()));
    if !checked.passed() {
        call.plays(&place, checked.failure(), None);
    }
    checked
}

/// Of a table those engines that explore a share, where one is wanted.
fn dividing(engines: &Engines, budget: &Budget) -> Engines {
    engines.only(|engine| budget.partition.is_none() || engine.divides())
}

/// Explores in children, if there can be any.
fn explored(
    engines: &Engines,
    scenario: &'static Scenario,
    budget: &Budget,
    place: &str,
) -> Checked {
    let Some(arguments) = this_test() else { return here(engines, scenario, budget) };
    let launch = Launch { arguments, ..Launch::default() };
    let run = &|engine| {
        let job = Job { scenario: place.to_string(), engine, budget: budget.clone() };
        match trial::run(&job, &launch, &|_| {}) {
            Ok(report) => report,
            Err(error) => panic!("racelab could not check {}: {error:#}", scenario.name),
        }
    };
    // A child for each at once: there are two by default, and rarely fewer processors.
    let mut reports: Vec<Report> = std::thread::scope(|scope| {
        let engines = engines.by_default().into_iter();
        let children: Vec<_> = engines.map(|engine| scope.spawn(move || run(engine))).collect();
        let join = |child: std::thread::ScopedJoinHandle<'_, Report>| {
            child.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        children.into_iter().map(join).collect()
    });
    second::weigh(&mut reports);
    let machine = match scenario.terms().checkers_only {
        Some(_) => Ok(None),
        None => moment::confront(place, &mut reports, budget, &launch, None),
    };
    match machine {
        Ok(machine) => Checked::new(scenario, reports, machine),
        Err(error) => panic!("racelab could not run {}: {error:#}", scenario.name),
    }
}

/// The name of a scenario that is checked here.
fn place(at: &Location<'_>, scenario: &Scenario) -> String {
    format!("{}:{}:{} {}", at.file(), at.line(), at.column(), scenario.name)
}

/// Explores in this process: a crash or a hang of the scenario is then one of the test's own.
fn here(engines: &Engines, scenario: &'static Scenario, budget: &Budget) -> Checked {
    let explore = |engine| search::explore(scenario, engine, budget);
    let mut reports: Vec<Report> = engines.by_default().into_iter().map(explore).collect();
    second::weigh(&mut reports);
    let asks = scenario.terms().checkers_only.is_none() && moment::asks(&reports, budget);
    let machine = asks.then(|| search::explore(scenario, NATIVE, &moment::of(budget)));
    if let Some(machine) = &machine {
        contradiction::confront(&mut reports, machine);
    }
    Checked::new(scenario, reports, machine)
}

/// The name of the test that runs here, if it is known: a test runs on a thread of its name, unless it
/// runs alone on the main thread.
pub(crate) fn test_name() -> Option<String> {
    let thread = std::thread::current();
    match thread.name() {
        Some(name) if name != "main" => Some(name.to_string()),
        _ => {
            // `--exact NAME` tells it, wherever it stands.
            let arguments: Vec<String> = std::env::args().skip(1).collect();
            arguments.iter().any(|argument| argument == "--exact").then_some(())?;
            arguments.into_iter().find(|argument| !argument.starts_with('-'))
        }
    }
}

/// The arguments that make this executable run this test and no other.
pub(crate) fn this_test() -> Option<Vec<String>> {
    let options = ["--exact", "--nocapture", "--include-ignored"].map(String::from);
    Some([vec![test_name()?], options.to_vec()].concat())
}
