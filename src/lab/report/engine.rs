//! What a report says of the engine that made it, and the memory models there are.

use serde::{Deserialize, Serialize};

/// A memory model that an engine decides: what reads may return.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Model {
    /// Sequential consistency: all threads agree on one order of all operations.
    #[serde(rename = "SC")]
    Sc,
    /// What x86 processors do (TSO): a store may wait in a buffer while later loads go ahead.
    #[serde(rename = "x86")]
    X86,
    /// What C11, and so Rust, allows any machine.
    C11,
}

impl Model {
    /// Every model, the strictest first.
    pub const ALL: [Model; 3] = [Model::Sc, Model::X86, Model::C11];

    /// As it is said: `SC`, `x86`, `C11`.
    pub fn name(self) -> &'static str {
        match self {
            Model::Sc => "SC",
            Model::X86 => "x86",
            Model::C11 => "C11",
        }
    }
}

/// What a report says of the engine that made it, so that whoever reads the report needs no table
/// of engines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EngineFacts {
    /// As it is typed: `reduced`.
    pub name: String,
    /// The memory models that it decides, the strictest first; none for real threads.
    pub models: Vec<Model>,
    /// The runtime that the source was compiled for: `native`, `loom` or `shuttle`.
    pub runtime: String,
    /// What it does, in a few words: `random schedules, under sequential consistency (SC)`.
    pub about: String,
    /// What it cannot see in any program, in a few words.
    pub blind_spot: String,
    /// Whether its end can be a proof.
    pub exhaustive: bool,
    /// Whether what it shows within its models can happen there, and nothing is missing from what
    /// it has seen to the end.
    #[serde(default)]
    pub exact: bool,
    /// Whether `models` is one of several that it decides.
    #[serde(default)]
    pub one_of_several: bool,
}

impl EngineFacts {
    /// Whether these are real threads: what they show is evidence, and nothing is declared of them.
    pub fn hardware(&self) -> bool {
        self.models.is_empty()
    }

    /// Its name, and the model where it decides several: `graphs x86`.
    pub fn label(&self) -> String {
        match self.model().filter(|_| self.one_of_several) {
            Some(model) => format!("{} {}", self.name, model.name()),
            None => self.name.clone(),
        }
    }

    /// The weakest model that it decides; none for real threads.
    pub fn model(&self) -> Option<Model> {
        self.models.iter().max().copied()
    }

    /// Whether it explores orders of whole operations, without reordering.
    pub fn interleaves(&self) -> bool {
        self.model() == Some(Model::Sc)
    }

    /// Whether it explores all the reordering that C11 allows, as far as it can.
    pub fn reorders(&self) -> bool {
        self.model() == Some(Model::C11)
    }
}
