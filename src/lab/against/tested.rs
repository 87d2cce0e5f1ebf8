//! What generated scenarios came to under one engine: plain data.

use serde::{Deserialize, Serialize};

use super::{Limits, Shape};
use crate::report::{Bounds, End, EngineFacts, Failure};
use crate::specification::{Answer, Consistency, Program, Specification};

/// What became of the scenarios of one shape.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The shape.
    pub shape: Shape,
    /// So many scenarios of it were chosen.
    pub chosen: u64,
    /// Whether these are all that there are.
    pub whole: bool,
    /// So many of them were explored to their end, before the first that failed.
    pub explored: u64,
}

/// A call as a person reads it, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// The call: `push(1)`.
    pub call: String,
    /// What it answered; none where it was not answered.
    pub answer: Option<Answer>,
}

/// The calls of a scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calls {
    /// Before the threads start.
    pub first: Vec<Said>,
    /// Of each thread.
    pub threads: Vec<Vec<Said>>,
    /// After all threads have ended.
    pub last: Vec<Said>,
}

impl Calls {
    /// The calls of a scenario that none of them has answered.
    pub(super) fn of(spec: &Specification, program: &Program) -> Calls {
        let all = |calls: &Vec<crate::specification::Call>| -> Vec<Said> {
            let said = |call: &crate::specification::Call| {
                let arguments: Vec<String> = call.arguments.iter().map(u64::to_string).collect();
                let name = spec.operations[call.operation].name;
                Said { call: format!("{name}({})", arguments.join(", ")), answer: None }
            };
            calls.iter().map(said).collect()
        };
        Calls {
            first: all(&program.first),
            threads: program.threads.iter().map(all).collect(),
            last: all(&program.last),
        }
    }
}

/// A scenario that fails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failed {
    /// Its calls, and what they answered in the execution that is shown.
    pub calls: Calls,
    /// Whose answers no order of the calls explains, that is because of these: the first had
    /// answered before the second was made. Each is the number of its thread and its place there.
    pub answered_before: Vec<[(usize, usize); 2]>,
    /// The execution.
    pub failure: Failure,
    /// The calls, as a token has them.
    pub program: Program,
}

/// What generated scenarios came to under one engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tested {
    /// What explored them.
    pub engine: EngineFacts,
    /// Which order of the calls had to explain the answers.
    pub consistency: Consistency,
    /// Operations that may refuse while another call overlaps them.
    pub refusable: Vec<String>,
    /// Operations that look at several moments.
    pub weakly: Vec<String>,
    /// Within which limits.
    pub limits: Limits,
    /// The shapes in the order in which they were tried.
    pub shapes: Vec<Tried>,
    /// Executions in all.
    pub executions: u64,
    /// What bounded an exploration that came to its end.
    pub bounds: Bounds,
    /// A loop that waits went round so often at most although nothing had changed.
    pub yields: Option<u32>,
    /// Scenarios that took too long.
    pub too_long: u64,
    /// The first that fails.
    pub failed: Option<Failed>,
    /// The specification says nothing under the models of this engine: nothing was tried.
    pub not_judged: bool,
    /// Why one could not be decided: the first, and its calls.
    pub undecided: Option<(Option<Calls>, End)>,
    /// Wall time, in seconds.
    pub seconds: f64,
}

/// What generated scenarios amount to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amounts {
    /// None of those that were explored to their end fails.
    Passed,
    /// One fails.
    Failed,
    /// One could not be decided, or there is none.
    Undecided,
    /// None came to its end in time.
    NoTime,
    /// The specification says nothing under the models of this engine.
    NotJudged,
}

impl Tested {
    /// Scenarios that were explored to their end.
    pub fn explored(&self) -> u64 {
        self.shapes.iter().map(|tried| tried.explored).sum()
    }

    /// What it amounts to.
    pub fn amounts(&self) -> Amounts {
        match (&self.failed, &self.undecided) {
            (Some(_), _) => Amounts::Failed,
            (None, Some(_)) => Amounts::Undecided,
            _ if self.not_judged => Amounts::NotJudged,
            _ if self.explored() > 0 => Amounts::Passed,
            _ if self.shapes.iter().any(|tried| tried.chosen > 0) => Amounts::NoTime,
            _ => Amounts::Undecided,
        }
    }
}
