//! The two files of a pack's format, as they are written.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::mark::Mark;
use racelab::report::{Kind, Model};

/// What stands in `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackFile {
    pub(super) name: String,
    pub(super) title: String,
    /// In their order; without it, every folder with an `exercise.toml`, by name.
    pub(super) exercises: Option<Vec<String>>,
}

/// What stands in an exercise's `exercise.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExerciseFile {
    pub(super) title: String,
    pub(super) minutes: u32,
    pub(super) goal: String,
    pub(super) students_say: Vec<String>,
    pub(super) ask: String,
    pub(super) hints: Vec<String>,
    #[serde(default)]
    pub(super) not_judged: NotJudged,
    /// By the names of engines: why they cannot judge it.
    #[serde(default)]
    pub(super) except: BTreeMap<String, String>,
    pub(super) start: Known,
    pub(super) answer: Known,
    #[serde(default)]
    pub(super) wrong: Vec<Known>,
    #[serde(default)]
    pub(super) right: Vec<Known>,
    #[serde(default)]
    pub(super) accepted: Vec<Accepted>,
}

/// A standard attack that may well be marked right, and why.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Accepted {
    pub(super) attack: String,
    pub(super) on: On,
    pub(super) why: String,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum On {
    Start,
    Answer,
}

/// Why an exercise cannot be judged under a memory model.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NotJudged {
    sc: Option<String>,
    x86: Option<String>,
    c11: Option<String>,
    interleavings: Option<Former>,
    loom: Option<Former>,
}

impl NotJudged {
    pub(super) fn models(self) -> Result<Vec<(Model, String)>, String> {
        former(&self.interleavings, &self.loom)?;
        let models = [(Model::Sc, self.sc), (Model::X86, self.x86), (Model::C11, self.c11)];
        Ok(models.into_iter().filter_map(|(model, why)| Some((model, why?))).collect())
    }
}

/// The value of a key that is there no more: anything.
type Former = toml::Value;

/// Keys that named engines, where there are memory models now.
fn former(interleavings: &Option<Former>, loom: &Option<Former>) -> Result<(), String> {
    for (key, now, said) in [("interleavings", "sc", interleavings), ("loom", "c11", loom)] {
        if said.is_some() {
            return Err(format!(
                "{key} is called {now} now: what is declared is declared by memory model (sc, x86, \
                 c11)"
            ));
        }
    }
    Ok(())
}

/// A solution, and what is known of it: one of the marks, and what must be found by memory model.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    pub(super) file: Option<String>,
    pub(super) title: String,
    reaches: Option<String>,
    never_reaches: Option<String>,
    fails_case: Option<String>,
    blocks: Option<String>,
    #[serde(default)]
    uses_forbidden: bool,
    exceeds: Option<String>,
    fails: Option<Kind>,
    #[serde(default)]
    fails_specification: bool,
    sc: Option<Says>,
    x86: Option<Says>,
    c11: Option<Says>,
    interleavings: Option<Former>,
    loom: Option<Former>,
}

/// What must be found under a memory model.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Says {
    Fails(Kind),
    Passes(Passes),
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Passes {
    Passes,
}

impl Known {
    /// Its mark. More than one, or none of a wrong answer, is not understood.
    pub(super) fn mark(&self, right: bool) -> Result<Mark, String> {
        let mut marks: Vec<Mark> = Vec::new();
        marks.extend(self.reaches.clone().map(Mark::Reaches));
        marks.extend(self.never_reaches.clone().map(Mark::NeverReaches));
        marks.extend(self.fails_case.clone().map(Mark::FailsCase));
        marks.extend(self.blocks.clone().map(Mark::Blocks));
        marks.extend(self.exceeds.clone().map(Mark::Exceeds));
        marks.extend(self.fails.map(Mark::Fails));
        marks.extend(self.uses_forbidden.then_some(Mark::Uses));
        marks.extend(self.fails_specification.then_some(Mark::FailsSpecification));
        const ALL: &str = "reaches, never_reaches, fails_case, blocks, exceeds, fails, \
                           uses_forbidden, fails_specification";
        match (marks.pop(), right) {
            (None, true) => Ok(Mark::Solved),
            (None, false) => Err(format!("how does it fail? one of {ALL} says so")),
            (Some(_), true) => Err("a right answer fails in no way".to_string()),
            (Some(mark), false) if marks.is_empty() => Ok(mark),
            (Some(_), false) => Err(format!("one of {ALL} is enough")),
        }
    }

    /// What must be found by memory model: this kind of failure, or nothing.
    pub(super) fn declared(&self) -> Result<Vec<(Model, Option<Kind>)>, String> {
        former(&self.interleavings, &self.loom)?;
        let says = |says: &Says| match says {
            Says::Fails(kind) => Some(*kind),
            Says::Passes(Passes::Passes) => None,
        };
        let models = [(Model::Sc, &self.sc), (Model::X86, &self.x86), (Model::C11, &self.c11)];
        let declared = |(model, said): (Model, &Option<Says>)| Some((model, says(said.as_ref()?)));
        Ok(models.into_iter().filter_map(declared).collect())
    }
}
