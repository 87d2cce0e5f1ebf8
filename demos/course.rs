//! A demo: one failure mode, its broken and mended versions, and what must be found in each.

pub use crate::verdicts::{Except, Expect, Verdicts};
use racelab::Scenario;
use racelab::cost::Cost;

/// A part of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Interleavings.
    Interleavings,
    /// Locks and waiting.
    Locks,
    /// Publishing and ordering.
    Ordering,
    /// Inside the map.
    InsideTheMap,
    /// Growth and migration.
    Growth,
    /// Bytes.
    Bytes,
    /// Costs.
    Costs,
    /// Giving memory back.
    Memory,
    /// The map itself.
    TheMap,
}

impl Part {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Part::Interleavings => "Interleavings",
            Part::Locks => "Locks and waiting",
            Part::Ordering => "Publishing and ordering",
            Part::InsideTheMap => "Inside the map",
            Part::Growth => "Growth and migration",
            Part::Bytes => "Bytes",
            Part::Costs => "Costs",
            Part::Memory => "Giving memory back",
            Part::TheMap => "The map itself",
        }
    }
}

/// What a version is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It shows the failure.
    Broken,
    /// It mends it.
    Fixed,
    /// It looks right and is not.
    NearFix,
    /// It is right, in another way or at another price.
    Alternative,
}

/// One version of a demo.
#[derive(Clone, Copy, Debug)]
pub struct Version {
    /// Its source, for every runtime.
    pub scenario: &'static Scenario,
    /// What it is for.
    pub role: Role,
    /// What it does, in one line.
    pub title: &'static str,
    /// What must be found.
    pub verdicts: Verdicts,
    /// Its second race, in which each actor does its job twice.
    pub again: Option<Again>,
}

/// A second race: a race in which each actor does its job once says nothing of what the first time
/// leaves behind for the next.
#[derive(Clone, Copy, Debug)]
pub struct Again {
    /// The same source, judged by the second race.
    pub scenario: &'static Scenario,
    /// What must be found.
    pub verdicts: Verdicts,
}

impl Again {
    /// loom does not judge a race in which it would try one order after another for long.
    pub const TOO_MANY: &[Except] =
        &[Except::loom("it has too many executions here to follow all of them")];

    /// A second race that passes.
    pub const fn passes(scenario: &'static Scenario) -> Option<Again> {
        Some(Again { scenario, verdicts: Verdicts::PASS })
    }

    /// A second race in which an interleaving ends in a forbidden outcome.
    pub const fn fails(scenario: &'static Scenario) -> Option<Again> {
        Some(Again { scenario, verdicts: Verdicts::FORBIDDEN })
    }

    /// A second race that passes, and that these engines do not judge.
    pub const fn except(scenario: &'static Scenario, except: &'static [Except]) -> Option<Again> {
        Some(Again { scenario, verdicts: Verdicts::PASS.except(except) })
    }
}

/// Which race of a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The one it was written for.
    First,
    /// The one in which each actor does its job twice.
    Again,
}

impl Version {
    /// As it is typed: `broken`, `fixed`, `pointer-relaxed`.
    pub fn name(&self) -> String {
        self.scenario.name.replace('_', "-")
    }

    /// Its races, each with what must be found.
    pub fn races(&self) -> impl Iterator<Item = (Turn, &'static Scenario, Verdicts)> {
        let first = (Turn::First, self.scenario, self.verdicts);
        let again = self.again.map(|again| (Turn::Again, again.scenario, again.verdicts));
        [first].into_iter().chain(again)
    }

    /// This race of it.
    pub fn race(&self, turn: Turn) -> Option<(&'static Scenario, Verdicts)> {
        self.races().find(|race| race.0 == turn).map(|(_, scenario, verdicts)| (scenario, verdicts))
    }
}

/// One failure mode.
#[derive(Clone, Copy)]
pub struct Demo {
    /// As it is typed: `torn-header`.
    pub name: &'static str,
    /// What breaks, in one line.
    pub title: &'static str,
    /// Where it stands in the course.
    pub part: Part,
    /// The lesson, in Markdown.
    pub lesson: &'static str,
    /// `broken` first, `fixed` next, then near-fixes and alternatives.
    pub versions: &'static [Version],
    /// What is measured, where the failure is time and not a value.
    pub cost: Option<&'static Cost>,
}

impl Demo {
    /// The layouts of its versions' memory, each named by demo, version and type:
    /// `torn-header::broken::Header`. What several versions share is named by the first.
    pub fn layouts(&self) -> Vec<racelab::layout::TypeLayout> {
        let mut layouts: Vec<racelab::layout::TypeLayout> = Vec::new();
        for version in self.versions {
            for mut layout in version.scenario.layouts() {
                if layouts.iter().any(|known| known.path == layout.path) {
                    continue;
                }
                layout.name = format!("{}::{}::{}", self.name, version.name(), layout.name);
                layouts.push(layout);
            }
        }
        layouts
    }

    /// The version of this name.
    pub fn version(&self, name: &str) -> Option<&'static Version> {
        self.versions.iter().find(|version| version.name() == name)
    }
}
