//! An exploration from its beginning to its report, whichever engine makes it.

use std::time::Duration;

use super::engine::{Engine, Program};
use super::surveyed::survey;
use super::{Budget, patience, sighted};
use crate::report::{End, Failure, Note, Report, Stop};
use crate::scenario::Scenario;

/// Explores a scenario with an engine, and adds what the engine cannot see in it.
pub fn explore(scenario: &Scenario, engine: &dyn Engine, budget: &Budget) -> Report {
    if engine.hardware() {
        return engine.explore(scenario, budget, false);
    }
    if let Some(refused) = sighted::refused(scenario, engine) {
        return refused;
    }
    sighted::within(scenario, || explored(scenario, engine, budget))
}

/// Shows the execution again that a failure shows.
pub fn replay(scenario: &Scenario, engine: &dyn Engine, shown: &Failure) -> Option<Failure> {
    sighted::within(scenario, || engine.replay(scenario, &Budget::default(), shown))
}

/// Where preemptions are bounded, a search that knows no such bound has so many executions: what is
/// small is seen whole all the same.
const WHOLE: u64 = 2_000;

fn explored(scenario: &Scenario, engine: &dyn Engine, budget: &Budget) -> Report {
    let whole = match budget.preemptions {
        Some(_) if engine.exhaustive() && !engine.bounds_preemptions() => {
            Budget { executions: budget.executions.min(WHOLE), ..budget.clone() }
        }
        _ => budget.clone(),
    };
    let report = engine.explore(scenario, &whole, false);
    let mut report = patience::look(scenario, engine, &whole, false, report);
    // Others would know no better.
    let repeats = !matches!(report.end, End::Cut(Stop::NotDeterministic(_) | Stop::NotModelled(_)));
    let open = report.failure.is_none() && report.end != End::Complete;
    if open && repeats && budget.partition.is_none() {
        report = take_over(scenario, engine, budget, report);
    }
    let survey = survey(scenario);
    report.sequential = !survey.weak_access;
    sighted::look(scenario, &survey, &mut report);
    for trap in engine.traps(&Program(&survey)) {
        let alarm = trap.false_alarm && report.failure.is_some();
        if alarm && !report.notes.contains(&Note::FalseAlarm) {
            report.notes.push(Note::FalseAlarm);
        }
        report.blind_spots.push(trap.spot);
    }
    if let Some(part) = &mut report.part {
        part.complete = report.end == End::Complete;
        if part.complete {
            report.end = End::Cut(Stop::Share(part.partition));
        }
    }
    report
}

/// How long [`explore`] looks at most: the budget's time, and that of each successor of the engine.
pub(crate) fn longest(engine: &dyn Engine, budget: &Budget) -> Duration {
    budget.time + share(budget) * engine.successors().len() as u32
}

/// The time of a successor: a quarter of the budget's.
fn share(budget: &Budget) -> Duration {
    (budget.time / 4).max(Duration::from_millis(50))
}

/// Where a search did not come to its end, its successors look as far as they can, each for its
/// share of the time. One that bounds preemptions, where that was asked for, has all the time that
/// is left, and what it comes to the end of is the answer: within its bound.
fn take_over(
    scenario: &Scenario,
    engine: &dyn Engine,
    budget: &Budget,
    mut report: Report,
) -> Report {
    let left = budget.time.saturating_sub(Duration::from_secs_f64(report.seconds));
    for engine in engine.successors() {
        let bounds = budget.preemptions.is_some() && engine.bounds_preemptions();
        let time = if bounds { left.max(share(budget)) } else { share(budget) };
        let other = engine.explore(scenario, &Budget { time, ..budget.clone() }, false);
        if other.failure.is_some() {
            let note = Note::FoundBy { by: engine.name().to_string(), asked: report.in_short() };
            return Report { notes: [other.notes, vec![note]].concat(), ..other };
        }
        if bounds && other.end == End::Complete {
            let note = Note::Within { asked: report.in_short() };
            return Report { notes: [other.notes, vec![note]].concat(), ..other };
        }
        report.notes.push(Note::Then(other.in_short()));
        report.seconds += other.seconds;
    }
    report
}
