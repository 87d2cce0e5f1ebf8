//! Packs: exercises in a folder, from anyone. The course's own are one, and travel in the binary.
//!
//! A pack is a folder with a `pack.toml` and a folder for each exercise: `exercise.toml`,
//! `exercise.rs` (where it starts), `exercise_race.rs` (the judge), `answer.rs`, and solutions
//! whose mark is known in `wrong/` and `right/`. An `exercise_spec.rs` says what a solution should
//! do: what the judge passes is then held against scenarios that are generated from it.

mod format;
mod load;
pub(crate) mod names;

use std::path::Path;
use std::{fmt, io};

use super::found::Plan;
use super::mark::Mark;
use racelab::explore::{Engine, Engines};
use racelab::report::{Kind, Model};

pub use load::{builtin, folder};

/// Exercises in their order.
#[derive(Clone, Debug)]
pub struct Pack {
    /// As it is typed.
    pub name: String,
    /// What it is about, in one line.
    pub title: String,
    /// In the order of the pack.
    pub exercises: Vec<Exercise>,
    /// Every file that was read, from the pack's folder with `/`, and its text.
    files: Vec<(String, String)>,
}

/// One exercise, with everything that is known of it.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// As it is typed: `torn-header`. Stable: progress is kept by it.
    pub name: String,
    /// What is to be mended, in one line.
    pub title: String,
    /// How long it takes.
    pub minutes: u32,
    /// What somebody can do who has solved it.
    pub goal: String,
    /// What students say that is wrong.
    pub students_say: Vec<String>,
    /// A question for the room.
    pub ask: String,
    /// Three, each plainer than the one before.
    pub hints: Vec<String>,
    /// Memory models under which it cannot be judged, and why.
    pub not_judged: Vec<(Model, String)>,
    /// Names of engines that cannot judge it, and why.
    pub except: Vec<(String, String)>,
    /// The judge's source.
    pub judge: String,
    /// What a solution should do, where that is specified: the source of the specification.
    pub specification: Option<String>,
    /// Where it starts, and how that fails.
    pub start: Solution,
    /// The solution that a student is shown in the end.
    pub answer: Solution,
    /// Wrong answers that somebody might hand in.
    pub wrong: Vec<Solution>,
    /// Right answers that are not the reference.
    pub right: Vec<Solution>,
    /// Standard attacks that may be marked right.
    pub accepted: Vec<Accepted>,
}

/// A standard attack that is no wrong answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The edit's name: `all-seqcst`.
    pub attack: String,
    /// Of the answer, or else of the start.
    pub on_answer: bool,
    /// Why it is right.
    pub why: String,
}

/// A solution whose mark is known.
#[derive(Clone, Debug)]
pub struct Solution {
    /// Its file in the exercise's folder: `wrong/lock.rs`.
    pub file: String,
    /// What it does, in one line.
    pub title: String,
    /// The text of that file.
    pub text: String,
    /// How it must be marked.
    pub mark: Mark,
    /// What must be found under each memory model, where that is declared: this kind of failure, or
    /// nothing.
    pub declared: Vec<(Model, Option<Kind>)>,
}

impl Exercise {
    /// The name of its files: `torn_header`.
    pub fn stem(&self) -> String {
        self.name.replace('-', "_")
    }

    /// The engines of a table that judge it.
    pub fn engines(&self, engines: &Engines) -> Vec<&'static dyn Engine> {
        let judges = |engine: &&'static dyn Engine| self.why_not(*engine).is_none();
        engines.by_default().into_iter().filter(judges).collect()
    }

    /// How a solution is looked at, with the engines of a table.
    pub fn plan(&self, engines: &Engines) -> Plan {
        Plan { specified: self.specification.is_some(), ..Plan::of(self.engines(engines)) }
    }

    /// The names of the others that would, and why they do not.
    pub fn not_judging(&self, engines: &Engines) -> Vec<(String, String)> {
        let why = |engine: &'static dyn Engine| {
            Some((engine.name().to_string(), self.why_not(engine)?.to_string()))
        };
        engines.by_default().into_iter().filter_map(why).collect()
    }

    fn why_not(&self, engine: &dyn Engine) -> Option<&str> {
        let by_name = self.except.iter().find(|(name, _)| name == engine.name());
        let of = |model: &Model| self.not_judged.iter().find(|(other, _)| other == model);
        let models: Option<Vec<_>> = engine.models().iter().map(of).collect();
        let by_model = models.and_then(|models| models.first().copied());
        by_name.map(|(_, why)| why).or(by_model.map(|(_, why)| why)).map(String::as_str)
    }

    /// The start, the answer, the wrong ones, the right ones.
    pub fn solutions(&self) -> impl Iterator<Item = &Solution> {
        [&self.start, &self.answer].into_iter().chain(&self.wrong).chain(&self.right)
    }
}

impl Pack {
    /// Writes the pack's files into a folder, where they are not there already.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let write = |(file, text): &(String, String)| {
            super::atomic::refresh(&folder.join(file), text).map(|_| ())
        };
        self.files.iter().try_for_each(write)
    }

    /// The exercise of this name.
    pub fn find(&self, name: &str) -> Option<&Exercise> {
        self.exercises.iter().find(|exercise| exercise.name == name)
    }
}

/// What is wrong with a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, from the pack's folder.
    pub file: String,
    /// What is wrong with it.
    pub why: String,
}

/// Why a pack is refused: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// At least one.
    pub problems: Vec<Problem>,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let separator = if index == 0 { "" } else { "\n" };
            write!(f, "{separator}{}: {}", problem.file, problem.why)?;
        }
        Ok(())
    }
}

impl std::error::Error for Refused {}
