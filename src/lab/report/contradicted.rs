//! What the machine showed although the model excludes it.

use serde::{Deserialize, Serialize};

use super::{BlindSpot, Kind, Why};

/// Something that real threads did and that a complete exploration excludes: the checkers are
/// blind to something in this program.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contradiction {
    /// What the machine showed.
    pub shown: Shown,
    /// Traps that the program walks into, as the checkers named them.
    pub suspects: Vec<Suspect>,
}

/// Something in a program that the checkers may be blind to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Suspect {
    /// A trap of an engine.
    Trap(BlindSpot),
    /// A loop that gives up after more than so many rounds in which nothing changed.
    LongLoop(u32),
}

/// What the machine showed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shown {
    /// An outcome, in so many of so many runs.
    Outcome {
        /// The outcome's name.
        id: String,
        /// Runs that ended so.
        count: u64,
        /// How many runs there were.
        runs: u64,
    },
    /// A panic, a crash or a hang, and what is known of it.
    Failure(Kind, Why),
}

/// What makes a report a second opinion: an exact engine of the same model has decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Second {
    /// The name of the engine that decided.
    pub by: String,
    /// Whether it says something else.
    pub overruled: bool,
    /// Whether what was overruled is a failure, which then cannot happen.
    pub alarm: bool,
    /// What the engine of this report is known to get wrong so, and that the program does.
    pub causes: Vec<BlindSpot>,
}
