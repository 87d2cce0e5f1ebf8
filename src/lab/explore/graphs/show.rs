//! The simplest failing graph, run again as it can be followed.

use serde::{Deserialize, Serialize};

use super::compact;
use super::found::Simplest;
use super::graph::Packed;
use super::policy::Graphs;
use crate::explore::Budget;
use crate::explore::letters;
use crate::explore::show::{self, Conditions};
use crate::report::{Failure, Kind, Model, Why, Witness};
use crate::rt::op::Object;
use crate::scenario::Scenario;

/// All that it takes to run a graph again.
#[derive(Serialize, Deserialize)]
struct Shown {
    graph: Packed,
    objects: Vec<Object>,
    model: Model,
    conditions: Conditions,
}

/// The failure that a graph shows.
pub(super) fn simplest(scenario: &Scenario, budget: &Budget, simplest: &Simplest) -> Failure {
    let policy = Graphs::one(simplest.graph.clone(), &simplest.objects, scenario.outcomes());
    let conditions = Conditions::of(simplest.allow);
    let (graph, objects) = (simplest.graph.packed(), simplest.objects.clone());
    let shown = Shown { graph, objects, model: simplest.model, conditions };
    let failure = show::watched(scenario, budget, policy, (simplest.kind, simplest.allow));
    Failure { witness: Witness::of(shown), shown_by: Some(simplest.model), ..failure }
}

/// Runs again what a failure shows.
pub(super) fn again(scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
    let Shown { graph, objects, model, conditions } = shown.witness.as_ref()?.read()?;
    let graph = graph.plan()?;
    let allow = conditions.set();
    let kind: Kind = shown.kind;
    let score = (shown.stale, shown.switches, shown.steps.len());
    Some(simplest(scenario, budget, &Simplest { score, kind, graph, objects, allow, model }))
}

/// What a token says of a graph: the model that shows it, its bytes, and what else it needs.
pub(super) fn token(shown: &Failure) -> Option<String> {
    let Shown { graph, objects, model, conditions } = shown.witness.as_ref()?.read()?;
    let model = model.name().to_ascii_lowercase();
    let text = letters::letters(&compact::written(&graph.plan()?, &objects));
    let conditions = Failure { witness: Witness::of(conditions), ..shown.clone() };
    Some(format!("{model}-{text}{}", show::conditions(&conditions)?))
}

/// What such a text says.
pub(super) fn of_token(kind: Kind, text: &str) -> Option<Failure> {
    let (model, rest) = text.split_once('-')?;
    let model = Model::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(model))?;
    let (text, conditions) = rest.split_once('+').map_or((rest, ""), |parts| parts);
    let (graph, objects) = compact::read(&letters::bytes(text)?)?;
    let conditions = show::of_conditions(conditions)??.read()?;
    let shown = Shown { graph: graph.packed(), objects, model, conditions };
    let failure = Failure::told(kind, Why::Unknown, Vec::new());
    Some(Failure { witness: Witness::of(shown), shown_by: Some(model), ..failure })
}
