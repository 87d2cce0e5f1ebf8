//! What was found, as a report: of C11, and of each stricter model.

use super::found::{Found, Shown};
use super::policy::Graphs;
use super::progress::ROUNDS;
use super::run::Fault;
use super::show;
use crate::explore::Budget;
use crate::explore::engine::{Engine, Program, Trap};
use crate::explore::shuttle::driver::Exploration;
use crate::explore::shuttle::report;
use crate::report::{BlindSpot, End, Note, Part, Report, Stop, Stricter};
use crate::rt::allow::Allow;
use crate::rt::blocking::LATE;
use crate::scenario::Scenario;

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
    let (dealt, does) = (found.policy.dealt(), found.does);
    let division = found.policy.division.take();
    let (fault, left, cut) = (found.policy.fault(), found.policy.left(), found.policy.cut());
    let mut report = report::report(engine, scenario, budget, found, None);
    if let Some(Fault::NotDeterministic(event)) = fault {
        report.end = End::Cut(Stop::NotDeterministic(event + 1));
    }
    if fault == Some(Fault::DividedLate) || fault == Some(Fault::Tried) && dealt {
        report.end = End::Cut(Stop::DividedLate);
    }
    if cut.1 {
        report.bounds.timeouts = Some(LATE);
    }
    if cut.0 {
        report.bounds.rounds = Some(ROUNDS);
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
    report.part = division.zip(budget.partition).map(|(division, partition)| Part {
        partition,
        repeated: division.repeated,
        tree: division.tree(),
        complete: false,
        meets: does.allow(1).map(meets).unwrap_or_default(),
    });
    report
}

/// What a second look would try, in words of its own.
fn meets(allow: Allow) -> Vec<String> {
    let what = [
        (allow.failures, "failures"),
        (allow.wakeups, "wakeups"),
        (allow.writers_first, "writers-first"),
        (allow.yields > 0, "yields"),
    ];
    what.iter().filter(|what| what.0).map(|what| what.1.to_string()).collect()
}
