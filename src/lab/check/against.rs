//! The door for a structure whose judge is a specification.

use std::fmt;
use std::panic::Location;
use std::thread::ScopedJoinHandle;

use super::call::{self, Call};
use super::{junit, place, this_test};
use crate::against::{self, Amounts, Failed, Limits, Tested};
use crate::explore::{Engine, Engines, token};
use crate::report::Failure;
use crate::scenario::Scenario;
use crate::trial::{self, DiedIn, Launch};
use crate::words::{self, Page};

/// What generated scenarios came to.
#[derive(Clone, Debug)]
pub struct CheckedAgainst {
    /// One of each engine: interleavings under sequential consistency, then execution graphs,
    /// unless the specification is one under SC alone. Where the process of one died, how it did.
    pub tested: Vec<Result<Tested, Box<DiedIn>>>,
}

impl CheckedAgainst {
    /// Whether no scenario failed, each engine explored some to their end, and could judge all that
    /// it looked at.
    pub fn passed(&self) -> bool {
        let passed = |tested: &Tested| tested.amounts() == Amounts::Passed;
        self.tested.iter().all(|tested| tested.as_ref().is_ok_and(passed))
    }

    /// The scenarios that fail.
    fn failed(&self) -> impl Iterator<Item = &Failed> {
        let tested = self.tested.iter().filter_map(|tested| tested.as_ref().ok());
        tested.filter_map(|tested| tested.failed.as_ref())
    }

    /// Their executions.
    pub(super) fn failures(&self) -> impl Iterator<Item = &Failure> {
        self.failed().map(|failed| &failed.failure)
    }
}

/// As a failing test prints it.
impl fmt::Display for CheckedAgainst {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let page = Page::default();
        self.tested.iter().try_for_each(|tested| match tested {
            Ok(tested) => f.write_str(&words::against::text(tested, &page)),
            Err(died) => f.write_str(&page.paragraph("", "  ", &words::against::died(died))),
        })?;
        // In one line each: they are copied.
        call::again(self.failures()).try_for_each(|command| writeln!(f, "  Once more: {command}"))
    }
}

/// Checks a structure against the specification that judges it, for the test that calls this:
/// scenarios of a few calls are generated, the simplest first, and all executions of each are judged.
/// Each engine runs in a child process, which is the test's own executable, started again with the
/// test's exact name.
///
/// # Panics
/// When some scenario fails: with its calls, what they answered, and the execution as a table. When
/// nothing could be decided. Each says which.
#[track_caller]
pub fn check_against(scenario: &'static Scenario) {
    check_against_within(scenario, &Limits::default());
}

/// As [`check_against`], with limits of your own.
///
/// # Panics
/// As [`check_against`].
#[track_caller]
pub fn check_against_within(scenario: &'static Scenario, limits: &Limits) {
    let checked = explore_against(scenario, limits);
    if !checked.passed() {
        panic!("{}: not passed\n\n{checked}", scenario.name);
    }
}

/// As [`check_against`], but returns what was found instead of panicking at a failure.
///
/// # Panics
/// When no specification judges the scenario, or no child process can be started.
#[track_caller]
pub fn explore_against(scenario: &'static Scenario, limits: &Limits) -> CheckedAgainst {
    let Some(specification) = scenario.specification() else {
        panic!("no specification judges {}: racelab::check checks it", scenario.name)
    };
    let engines = Engines::standard();
    let (place, call) = (place(Location::caller(), scenario), Call::here());
    if trial::is_child() {
        // A test may check several: this child is there for one of them, by its line.
        trial::serve(&engines, |wanted| (wanted == place).then_some(scenario));
        return CheckedAgainst { tested: Vec::new() };
    }
    if call.replays(&engines, scenario) {
        return CheckedAgainst { tested: Vec::new() };
    }
    let judging = against::engines(&engines, specification);
    let mut checked = explored(scenario, &judging, limits, &place);
    tell(&call, &engines, &mut checked);
    if !checked.passed() {
        let failed = checked.failed().next();
        let (shown, calls) = failed.map(|failed| (&failed.failure, &failed.program)).unzip();
        call.plays(&place, shown, calls);
    }
    checked
}

/// Gives each failure its token, and leaves a document where CI wants one.
fn tell(call: &Call, engines: &Engines, checked: &mut CheckedAgainst) {
    for tested in checked.tested.iter_mut().filter_map(|tested| tested.as_mut().ok()) {
        let engine = engines.find(&tested.engine.name);
        if let (Some(engine), Some(failed)) = (engine, tested.failed.as_mut()) {
            let (calls, shown) = (&failed.program, &mut failed.failure);
            let token = call.token(|name| token::of_calls(name, engine, calls, shown));
            shown.token = token.filter(|_| !shown.steps.is_empty());
        }
    }
    let mut document = call.document(checked.passed());
    document["again"] = call::again(checked.failures()).collect();
    document["tested"] = serde_json::json!(checked.tested);
    call.leave(&document, || junit::of_against(checked));
}

/// Explores in children, if there can be any.
fn explored(
    scenario: &'static Scenario,
    engines: &[&'static dyn Engine],
    limits: &Limits,
    place: &str,
) -> CheckedAgainst {
    let Some(arguments) = this_test() else {
        let run = |engine: &&dyn Engine| Ok(against::run(scenario, *engine, limits, &|_| {}));
        return CheckedAgainst { tested: engines.iter().map(run).collect() };
    };
    let launch = Launch { arguments, ..Launch::default() };
    let run = &|engine| match trial::run_against(place, engine, limits, &launch, &|_| {}) {
        Ok(tested) => tested,
        Err(error) => panic!("racelab could not check {}: {error:#}", scenario.name),
    };
    let tested = std::thread::scope(|scope| {
        let children = engines.iter().map(|engine| scope.spawn(move || run(*engine)));
        let children: Vec<ScopedJoinHandle<'_, _>> = children.collect();
        let join = |child: ScopedJoinHandle<'_, _>| {
            child.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        children.into_iter().map(join).collect()
    });
    CheckedAgainst { tested }
}
