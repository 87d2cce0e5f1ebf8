//! How far an exploration came, and what stopped it.

use serde::{Deserialize, Serialize};

use super::Unseen;

/// How far an exploration came.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Everything within the stated bounds was seen.
    Complete,
    /// It was stopped: by a cap on time or executions, or by a failure that ends the engine.
    Cut(Stop),
    /// Some execution was too long and was broken off.
    Truncated(TooLong),
    /// Nothing was proved, whatever was explored: the checkers do not see all of the program.
    Unseen(Vec<Unseen>),
}

/// Why an exploration was stopped.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stop {
    /// After so many seconds.
    Time(f64),
    /// After so many executions.
    Executions(u64),
    /// At the first failure, as it was asked to.
    FirstFailure,
    /// The program has more threads than the engine follows: so many, the main one among them,
    /// where the engine has such a number.
    Threads(Option<u32>),
    /// The same schedule twice did something else at this step, from 1.
    NotDeterministic(usize),
    /// The program needs to be modelled more finely: it looks at the count of an `Arc`, asks whether
    /// a thread has ended, or waits for a time.
    Finer,
    /// A loop that waits used up its free yields.
    HeldUp,
    /// A loop goes on after so many rounds in which nothing has changed, which is too many to follow.
    GivesUp(u32),
    /// The program did what the engine does not model: what came of it is not all that can.
    NotModelled(String),
    /// The process ended before the exploration did.
    ProcessEnded,
    /// Its process had not come to the end of what it was asked for after so many seconds, though
    /// executions still came to theirs.
    Late(f64),
    /// At the end of its share of the whole.
    Share(super::Partition),
    /// What divides the whole came up after it was divided.
    DividedLate,
    /// The engine gave up, with these words of its own.
    Said(String),
}

/// Executions that were longer than a bound.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TooLong {
    /// The bound: operations in one execution.
    pub steps: u64,
    /// How many were broken off, and out of how many; none where the first ended the exploration.
    pub broken_off: Option<(u64, u64)>,
}
