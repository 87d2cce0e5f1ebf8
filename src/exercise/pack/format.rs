//! The two files of a pack's format, as they are written.

use serde::Deserialize;

use crate::mark::Mark;
use racelab::report::{Engine, Kind};

/// `pack.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackFile {
    pub(super) name: String,
    pub(super) title: String,
    /// In their order; without it, every folder with an `exercise.toml`, by name.
    pub(super) exercises: Option<Vec<String>>,
}

/// `exercise.toml`.
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
    pub(super) start: Known,
    pub(super) answer: Known,
    #[serde(default)]
    pub(super) wrong: Vec<Known>,
    #[serde(default)]
    pub(super) right: Vec<Known>,
}

/// Why an engine cannot judge an exercise.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NotJudged {
    pub(super) interleavings: Option<String>,
    pub(super) loom: Option<String>,
}

/// A solution, and what is known of it: one of the marks, and what the engines say.
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
    interleavings: Option<Says>,
    loom: Option<Says>,
}

/// What an engine must say.
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
        const ALL: &str =
            "reaches, never_reaches, fails_case, blocks, exceeds, fails, uses_forbidden";
        match (marks.pop(), right) {
            (None, true) => Ok(Mark::Solved),
            (None, false) => Err(format!("how does it fail? one of {ALL} says so")),
            (Some(_), true) => Err("a right answer fails in no way".to_string()),
            (Some(mark), false) if marks.is_empty() => Ok(mark),
            (Some(_), false) => Err(format!("one of {ALL} is enough")),
        }
    }

    pub(super) fn declared(&self) -> Vec<(Engine, Option<Kind>)> {
        let says = |says: &Says| match says {
            Says::Fails(kind) => Some(*kind),
            Says::Passes(Passes::Passes) => None,
        };
        let both = [(Engine::Reduced, &self.interleavings), (Engine::Loom, &self.loom)];
        both.into_iter().filter_map(|(engine, said)| Some((engine, says(said.as_ref()?)))).collect()
    }
}
