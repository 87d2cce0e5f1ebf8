//! What there is to come to under one memory model, and a way there.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::wanting::wanting;
use crate::explore::hand::{Goal, Hand, Move, moves};
use crate::explore::{Budget, Engine, GRAPHS, REDUCED, search};
use crate::report::{Failure, Model, Report};
use crate::scenario::Scenario;

/// So many executions by chance are tried where no engine came to its end.
const TRIES: u64 = 1_500;
/// So many runs are tried to find the moves of an execution that an engine has shown.
const RUNS: u32 = 3_000;

/// What a look at all executions has come to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Looked {
    /// What the exact engine says under the model.
    pub report: Option<Report>,
    /// The end that was asked for; without one, that of the simplest failure.
    pub goal: Option<Goal>,
    /// A way there.
    pub way: Way,
}

/// Whether there is a way to a goal.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Way {
    /// These moves come there.
    Moves(Vec<Move>),
    /// None of so many executions does, and these are all.
    Never(u64),
    /// This execution of the engine of this name does, whose moves were not found.
    Shown(Box<Failure>, String),
    /// None is known.
    Unknown,
}

/// What the exact engines find in so much time, under each of these models.
pub fn exact(scenario: &Scenario, models: &[Model], time: Duration) -> Vec<(Model, Report)> {
    let budget = Budget { time, ..Budget::default() };
    let asked = |engine: &&dyn Engine| engine.models().iter().any(|model| models.contains(model));
    let engines = [REDUCED, GRAPHS].into_iter().filter(asked);
    let reports = engines.flat_map(|engine| search::explore(scenario, engine, &budget).by_model());
    let of = |report: Report| Some((report.engine.model()?, report));
    reports.filter_map(of).filter(|(model, _)| models.contains(model)).collect()
}

/// Explores a program for at most so long, and once more for a goal to which that shows no way.
pub(super) fn look(hand: &Hand<'_>, goal: Option<Goal>, time: Duration) -> Looked {
    let find = |scenario: &Scenario| {
        let found = exact(scenario, &[hand.model()], time).into_iter().next();
        found.map(|(_, report)| report)
    };
    let report = find(hand.scenario());
    let failure = report.as_ref().and_then(|report| report.failure.as_ref());
    let Some(goal) = goal.or_else(|| failure.map(Goal::of)) else {
        return Looked { report, goal: None, way: Way::Unknown };
    };
    let is_it = |failure: &&Failure| Goal::of(failure) == goal;
    let way = match (failure.filter(is_it), never(report.as_ref(), &goal)) {
        (Some(shown), _) => way_of(hand, report.as_ref(), shown, &goal),
        (None, Some(executions)) => Way::Never(executions),
        (None, None) => {
            let report = find(wanting(hand.scenario(), &goal));
            match report.as_ref().and_then(|report| report.failure.as_ref()).filter(is_it) {
                Some(shown) => way_of(hand, report.as_ref(), shown, &goal),
                None => match report.filter(|report| report.excludes() && report.failure.is_none())
                {
                    Some(report) => Way::Never(report.executions),
                    None => by_chance(hand, &goal).map_or(Way::Unknown, Way::Moves),
                },
            }
        }
    };
    Looked { report, goal: Some(goal), way }
}

/// How many executions there are, where these are all, and none has this outcome.
fn never(report: Option<&Report>, goal: &Goal) -> Option<u64> {
    let Goal::Outcome(id) = goal else { return None };
    let report = report.filter(|report| report.excludes() && report.count_of(id) == 0)?;
    Some(report.executions)
}

fn by_chance(hand: &Hand<'_>, goal: &Goal) -> Option<Vec<Move>> {
    hand.find(&[], goal, TRIES)
}

/// The moves of an execution that comes to the goal.
fn way_of(hand: &Hand<'_>, report: Option<&Report>, shown: &Failure, goal: &Goal) -> Way {
    let scheduled = Some(moves::of_schedule(shown)).filter(|moves| !moves.is_empty());
    let comes = |moves: &Vec<Move>| hand.comes_to(moves).as_ref() == Some(goal);
    let found = match scheduled.filter(comes) {
        Some(moves) => Some(moves),
        None => hand.follow(shown, RUNS).or_else(|| by_chance(hand, goal)),
    };
    match (found, report) {
        (Some(moves), _) => Way::Moves(moves),
        (None, Some(report)) => Way::Shown(Box::new(shown.clone()), report.engine.name.clone()),
        (None, None) => Way::Unknown,
    }
}
