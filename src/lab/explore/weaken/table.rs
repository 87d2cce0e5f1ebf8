//! The table of weakenings: what was made weaker, what became of it, and who objected.

use serde::{Deserialize, Serialize};

use crate::report::{BlindSpot, Death, EngineFacts, Kind, Model, Report, Why};

/// What became of one weakening.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// An engine objects to the weaker version.
    Needed,
    /// Each engine explored the weaker version completely, and nothing failed.
    NotNeeded,
    /// An exploration did not come to its end.
    Unknown,
}

/// One weakening that was tried.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TriedWeakening {
    /// What was made weaker.
    pub what: Weaker,
    /// What became of it.
    pub verdict: Need,
    /// Where it is needed: the strictest memory model under which the weaker version fails.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub under: Option<Model>,
    /// What failed, or did not come to its end, and under which engine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub objection: Option<Objection>,
    /// Executions of all engines.
    pub executions: u64,
}

/// One place in the source, made weaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weaker {
    /// The source file, without its folders.
    pub file: String,
    /// Its line in that file, from 1.
    pub line: u32,
    /// What stands there: `load`, `compare_exchange`, `lock`.
    pub operation: String,
    /// It is the ordering of a compare-exchange that fails.
    pub failing: bool,
    /// What was done to it.
    pub how: How,
}

/// What is done to a place to make it weaker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum How {
    /// One ordering for another, as they are written.
    Ordering {
        /// As it was.
        from: String,
        /// As it is tried.
        to: String,
    },
    /// It is left out.
    LeftOut,
    /// It is exchanged with the lock on this line.
    Exchanged(u32),
}

/// What an engine has to say against a weaker version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Objection {
    /// The weaker version fails.
    Fails {
        /// In which way.
        kind: Kind,
        /// Why it fails.
        why: Why,
        /// Which engine says so.
        engine: EngineFacts,
        /// In the race in which each actor does its job twice.
        twice: bool,
    },
    /// The process died of it, under this engine.
    Dies(Death, EngineFacts),
    /// The exploration did not come to its end: its report, without outcomes.
    Open(Box<Report>),
}

/// The table of weakenings of one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weakened {
    /// Why there is no table: the version itself does not pass, as this report says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refused: Option<Box<Report>>,
    /// In the order of the source.
    pub rows: Vec<TriedWeakening>,
    /// What can be weakened together, tried greedily in the order of the source.
    pub together: Vec<Weaker>,
    /// The least bound within which the unchanged version passed, if there was one.
    pub bound: Option<Bound>,
    /// What these verdicts do not cover.
    pub footnotes: Vec<Footnote>,
    /// Wall time, in seconds.
    pub seconds: f64,
}

/// What a table of weakenings does not cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Footnote {
    /// What an engine cannot see in this program.
    Blind(BlindSpot),
    /// It is about this scenario and its judge.
    OfThisScenario,
    /// What is not needed alone may be needed together.
    OneAtATime,
    /// What an engine says of every program, in its own words.
    Engine(String),
}

/// A bound on the preemptions of every exploration of an engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bound {
    /// The engine's name.
    pub engine: String,
    /// So many at most.
    pub preemptions: usize,
}
