//! An execution that failed: how, why, its steps, and what its engine needs to show it again.

use serde::{Deserialize, Serialize};

use super::{Model, Step, Why};

/// How an execution failed.
///
/// Not [`rt::op::Kind`](crate::rt::op::Kind), which is what an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// An outcome graded forbidden.
    Forbidden,
    /// Two accesses to plain memory that nothing orders.
    DataRace,
    /// An object is used after its end, in an order that nothing forbids or that is always so.
    UseAfterFree,
    /// Memory is given back to the heap twice.
    DoubleFree,
    /// Memory is given back to the heap that never came from it.
    InvalidFree,
    /// A store past the caches is not waited for before its thread releases anything.
    Undrained,
    /// No thread can move.
    Deadlock,
    /// Threads go on for ever without getting anywhere.
    Livelock,
    /// A thread panicked.
    Panic,
    /// The process died.
    Crash,
    /// The process did not end in time.
    Hang,
    /// The process ran out of memory.
    OutOfMemory,
}

impl Kind {
    /// Every kind of failure.
    pub const ALL: [Kind; 11] = [
        Kind::Forbidden,
        Kind::DataRace,
        Kind::UseAfterFree,
        Kind::DoubleFree,
        Kind::InvalidFree,
        Kind::Deadlock,
        Kind::Livelock,
        Kind::Panic,
        Kind::Crash,
        Kind::Hang,
        Kind::OutOfMemory,
    ];

    /// As it is said.
    pub fn words(self) -> &'static str {
        match self {
            Kind::Forbidden => "forbidden outcome",
            Kind::DataRace => "data race",
            Kind::UseAfterFree => "use after free",
            Kind::DoubleFree => "double free",
            Kind::InvalidFree => "invalid free",
            Kind::Undrained => "undrained store",
            Kind::Deadlock => "deadlock",
            Kind::Livelock => "livelock",
            Kind::Panic => "panic",
            Kind::Crash => "crash",
            Kind::Hang => "hang",
            Kind::OutOfMemory => "out of memory",
        }
    }
}

/// The simplest failing execution that was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of failure it is.
    pub kind: Kind,
    /// What went wrong.
    pub why: Why,
    /// The names of the actors, in their order.
    pub actors: Vec<String>,
    /// The shared memory before the first step.
    pub initial: Vec<(String, String)>,
    /// The steps of this execution, in their order.
    pub steps: Vec<Step>,
    /// Reads that returned an older value than the newest.
    pub stale: usize,
    /// Changes from one actor to another.
    pub switches: usize,
    /// Which thread ran at each step, where the engine schedules threads.
    pub schedule: Vec<u8>,
    /// The strictest memory model that shows this execution, where the engine tells them apart.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shown_by: Option<Model>,
    /// What else its engine needs to run it again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub witness: Option<Witness>,
    /// Replays this execution.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

impl Failure {
    /// The forbidden outcome that it ended in, by its name.
    pub fn outcome(&self) -> Option<&str> {
        match &self.why {
            Why::Outcome { id, .. } => Some(id),
            _ => None,
        }
    }

    /// A failure of which no execution can be shown.
    pub fn told(kind: Kind, why: Why, actors: Vec<String>) -> Failure {
        Failure {
            kind,
            why,
            actors,
            initial: Vec::new(),
            steps: Vec::new(),
            stale: 0,
            switches: 0,
            schedule: Vec::new(),
            shown_by: None,
            witness: None,
            token: None,
        }
    }
}

/// What an engine needs to run an execution again: it alone reads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Witness(serde_json::Value);

impl Witness {
    /// A witness that says this; nothing where it cannot be written.
    pub fn of(what: impl Serialize) -> Option<Witness> {
        serde_json::to_value(what).ok().map(Witness)
    }

    /// What it says; `None` where that is of another kind.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> Option<T> {
        T::deserialize(&self.0).ok()
    }
}
