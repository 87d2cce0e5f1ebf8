//! One step of an execution.

use serde::{Deserialize, Serialize};

use crate::op;

/// One step of an execution that is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The actor's name.
    pub thread: String,
    /// What it did: `load`, `store`, `lock`.
    pub op: String,
    /// Which kind of operation that is.
    pub kind: op::Kind,
    /// The ordering as used, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ordering: Option<String>,
    /// The name of the object; empty for a fence or a yield.
    pub field: String,
    /// The value read, or written where nothing was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The value written by an operation that also read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrote: Option<String>,
    /// The newest value, where an older one was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
    /// Whether an older value than the newest was read.
    pub stale: bool,
    /// Which store that was of, where the engine tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Old>,
    /// The source file, without its folders.
    pub file: String,
    /// Its line in that file, from 1.
    pub line: u32,
    /// The text of that line.
    pub source: String,
    /// The shared memory after this step: the words that this execution touches.
    pub memory: Vec<(String, String)>,
}

/// Of which store an old value was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Old {
    /// The step of that store, from 1; none for the value that the word was made with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// The steps of the newer stores that there were, in the order of their word.
    pub newer: Vec<usize>,
}
