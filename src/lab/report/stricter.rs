//! What stricter memory models show of one exploration.

use serde::{Deserialize, Serialize};

use super::{EngineFacts, Failure, Model, OutcomeCount, Report, Unreasonable};

/// What a stricter memory model shows of an exploration: of its executions those that the model
/// allows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stricter {
    /// The model.
    pub model: Model,
    /// Executions that it allows.
    pub executions: u64,
    /// How many of these fail.
    pub failing: u64,
    /// Every outcome of the table, with its count.
    pub outcomes: Vec<OutcomeCount>,
    /// The simplest failure, in either look.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<Failure>,
    /// The second look: executions, how many of these fail, and their outcomes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub again: Option<(u64, u64, Vec<OutcomeCount>)>,
}

impl Report {
    /// The same for each of its models, where the engine decides several, the strictest first.
    pub fn by_model(self) -> Vec<Report> {
        let models = self.engine.models.clone();
        if models.len() < 2 {
            return vec![self];
        }
        models.into_iter().filter_map(|model| self.under(model)).collect()
    }

    /// What one of its models shows; none of a model of which it says nothing of its own.
    pub fn under(&self, model: Model) -> Option<Report> {
        let engine =
            EngineFacts { models: vec![model], one_of_several: true, ..self.engine.clone() };
        if self.engine.model() == Some(model) {
            return Some(Report { engine, stricter: Vec::new(), ..self.clone() });
        }
        let shown = self.stricter.iter().find(|stricter| stricter.model == model)?;
        Some(Report {
            engine,
            executions: shown.executions,
            distinct: Some(shown.executions),
            failing: shown.failing,
            outcomes: shown.outcomes.clone(),
            first_failure_seconds: self.first_failure_seconds.filter(|_| shown.failure.is_some()),
            failure: shown.failure.clone(),
            unreasonable: self.unreasonable.clone().map(|again| {
                let mine = shown.again.clone().unwrap_or_default();
                let (executions, failing, outcomes) = mine;
                Unreasonable { executions, distinct: executions, failing, outcomes, ..again }
            }),
            stricter: Vec::new(),
            ..self.clone()
        })
    }
}
