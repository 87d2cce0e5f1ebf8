//! The engine: it looks twice, and says for each memory model what its end is worth.

use super::chance::RANDOM_GRAPHS;
use super::found::{Found, Shown};
use super::policy::Graphs;
use super::run::Fault;
use super::show;
use crate::explore::Budget;
use crate::explore::engine::{Engine, Program, Trap};
use crate::explore::shuttle::driver::{Exploration, Limits};
use crate::explore::shuttle::report::{self, STACK, counted, limits, watching};
use crate::report::{
    BlindSpot, End, Failure, Kind, Model, Note, Report, Stop, Stricter, Unreasonable,
};
use crate::rt::allow::Allow;
use crate::rt::context;
use crate::scenario::Scenario;

/// Every execution graph that C11 allows, once; and which of them x86 shows.
pub const GRAPHS: &dyn Engine = &GraphsEngine;

/// In the second look so many yields of each thread hold nobody up.
pub(super) const YIELDS: u32 = 2;

struct GraphsEngine;

impl Engine for GraphsEngine {
    fn name(&self) -> &'static str {
        "graphs"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::X86, Model::C11]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "every execution graph that C11 allows, once (RC11), and which of them x86 shows: machine \
         code in program order, though a compiler may reorder Relaxed accesses as well"
    }
    fn blind_spot(&self) -> &'static str {
        "load buffering (a load that is overtaken by a later store)"
    }
    fn exhaustive(&self) -> bool {
        true
    }
    fn by_default(&self) -> bool {
        true
    }
    fn stack(&self) -> Option<u32> {
        Some(STACK)
    }
    fn traps(&self, program: &Program<'_>) -> Vec<Trap> {
        traps(program)
    }
    /// The same by chance, where there are too many.
    fn successors(&self) -> &'static [&'static dyn Engine] {
        &[RANDOM_GRAPHS]
    }
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        context::within(watching(Allow::default()), || look_twice(scenario, budget, first))
    }
    fn token(&self, shown: &Failure) -> Option<String> {
        show::token(shown)
    }
    fn of_token(&self, kind: Kind, text: &str) -> Option<Failure> {
        show::of_token(kind, text)
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        context::within(watching(Allow::default()), || show::again(scenario, budget, shown))
    }
}

/// Every graph; then, unless some fail under every model, once more with what std allows without a
/// reason.
fn look_twice(scenario: &Scenario, budget: &Budget, first: bool) -> Report {
    let limits = Limits { first, ..limits(budget) };
    let found = counted(|| look(scenario, limits));
    let does = found.does;
    let mut report = report(GRAPHS, scenario, budget, found);
    let all_fail = report.failure.is_some()
        && report.stricter.iter().all(|stricter| stricter.failure.is_some());
    if all_fail || report.end != End::Complete {
        return report;
    }
    // Whether a writer that waits holds up readers is told by the interleavings of whole operations.
    let allow = does.allow(YIELDS).map(|allow| Allow { writers_first: false, ..allow });
    if let Some(allow) = allow.filter(|allow| *allow != Allow::default()) {
        let again = context::within(
            |settings| settings.allow = allow,
            || self::report(GRAPHS, scenario, budget, look(scenario, limits)),
        );
        add(&mut report, again, allow);
    }
    report
}

fn look(scenario: &Scenario, limits: Limits) -> Exploration<Graphs> {
    let table = scenario.outcomes();
    Exploration::new(Graphs::all(table), table, limits).run(scenario.under("shuttle"))
}

/// What may be missing from the graphs of a program.
pub(super) fn traps(program: &Program<'_>) -> Vec<Trap> {
    let buffers = program.0.load_buffering();
    let trap = Trap { false_alarm: false, spot: BlindSpot::LoadBuffering };
    buffers.then_some(trap).into_iter().collect()
}

/// The report of one of these engines.
pub(super) fn report(
    engine: &dyn Engine,
    scenario: &Scenario,
    budget: &Budget,
    mut found: Exploration<Graphs>,
) -> Report {
    let graphs = std::mem::replace(&mut found.policy.found, Found::new(scenario.outcomes()));
    let (fault, left, cut) = (found.policy.fault(), found.policy.left(), found.policy.cut());
    let mut report = report::report(engine, scenario, budget, found, None);
    if let Some(Fault::NotDeterministic(event)) = fault {
        report.end = End::Cut(Stop::NotDeterministic(event + 1));
    }
    if cut.1 {
        report.bounds.timeouts = Some(crate::rt::blocking::LATE);
    }
    if cut.0 {
        report.bounds.rounds = Some(super::progress::ROUNDS);
    }
    if graphs.waiting > 0 {
        report.notes.push(Note::Waiting(graphs.waiting));
    }
    debug_assert!(report.end != End::Complete || left == 0, "plans are left");
    let failure = |shown: &Shown| {
        shown.simplest.as_ref().map(|simplest| show::simplest(scenario, budget, simplest))
    };
    let [sc, x86, c11] = &graphs.shown;
    report.distinct = Some(c11.executions);
    report.failing = c11.failing;
    report.failure = failure(c11).or(report.failure);
    report.stricter = [sc, x86]
        .map(|shown| {
            let counts = shown.outcomes.iter().copied();
            Stricter {
                model: shown.model,
                executions: shown.executions,
                failing: shown.failing,
                outcomes: report
                    .outcomes
                    .iter()
                    .zip(counts)
                    .map(|(row, count)| row.with(count))
                    .collect(),
                failure: failure(shown),
                again: None,
            }
        })
        .to_vec();
    report
}

/// Adds the second look to a report that has not failed under every model.
fn add(report: &mut Report, again: Report, allow: Allow) {
    let unreasonable = Unreasonable {
        failures: allow.failures,
        wakeups: allow.wakeups,
        writers_first: allow.writers_first,
        returns: allow.yields > 0,
        yields: (allow.yields > 0).then_some(allow.yields),
        end: again.end.clone(),
        executions: again.executions,
        distinct: again.executions,
        failing: again.failing,
        outcomes: again.outcomes.clone(),
        seconds: again.seconds,
    };
    report.seconds += again.seconds;
    if again.end != End::Complete && again.failure.is_none() {
        report.end = again.end;
    }
    if report.failure.is_none() && again.failure.is_some() {
        report.failure = again.failure;
        report.first_failure_seconds = again.first_failure_seconds;
    }
    for (mine, theirs) in report.stricter.iter_mut().zip(again.stricter) {
        mine.failure = mine.failure.take().or(theirs.failure);
        mine.again = Some((theirs.executions, theirs.failing, theirs.outcomes));
    }
    report.unreasonable = Some(unreasonable);
}
