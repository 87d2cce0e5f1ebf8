//! A demo: one failure mode, its broken and mended versions, and what must be found in each.

use racelab::cost::Cost;
use racelab::report::{EngineFacts, Kind, Model};
use racelab::scenario::Scenario;

/// A part of the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Publishing a value.
    Publishing,
    /// Inside the map.
    InsideTheMap,
    /// Growth and migration.
    Growth,
    /// Bytes.
    Bytes,
    /// Costs.
    Costs,
    /// Containers.
    Containers,
}

impl Part {
    /// Its heading.
    pub fn title(self) -> &'static str {
        match self {
            Part::Publishing => "Publishing a value",
            Part::InsideTheMap => "Inside the map",
            Part::Growth => "Growth and migration",
            Part::Bytes => "Bytes",
            Part::Costs => "Costs",
            Part::Containers => "Containers",
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

/// What must be found in a version under a memory model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expect {
    /// A failure of this kind.
    Fails(Kind),
    /// Nothing, within complete exploration.
    Passes,
    /// It is not judged, for this reason.
    Skipped(&'static str),
}

/// What must be found in a version, by memory model: whichever engine decides a model is held
/// against what is declared of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdicts {
    /// Under sequential consistency: some interleaving fails, or none.
    pub sc: Expect,
    /// On x86, in machine code that keeps the program's order.
    pub x86: Expect,
    /// Under C11, on any machine.
    pub c11: Expect,
    /// Engines of which something else is declared: one that cannot judge this version, or is known
    /// to be wrong about it.
    pub except: &'static [Except],
}

/// What is declared of one engine, whatever it decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Except {
    /// Its name.
    pub engine: &'static str,
    /// What it must find.
    pub expect: Expect,
}

impl Verdicts {
    /// It passes under every model.
    pub const PASS: Verdicts = Verdicts::all(Expect::Passes);
    /// A plain interleaving is enough to end in a forbidden outcome.
    pub const FORBIDDEN: Verdicts = Verdicts::all(Expect::Fails(Kind::Forbidden));
    /// Only reordering ends in a forbidden outcome, and x86 hides it.
    pub const WEAK: Verdicts = Verdicts::PASS.c11(Expect::Fails(Kind::Forbidden));
    /// Only reordering ends in a forbidden outcome, and x86 has that reordering too.
    pub const WEAK_ON_X86: Verdicts = Verdicts::WEAK.x86(Expect::Fails(Kind::Forbidden));
    /// Two accesses to plain memory that nothing orders.
    pub const DATA_RACE: Verdicts = Verdicts::all(Expect::Fails(Kind::DataRace));
    /// In some interleaving no thread can go on.
    pub const DEADLOCK: Verdicts = Verdicts::all(Expect::Fails(Kind::Deadlock));
    /// In some interleaving threads go round for ever.
    pub const LIVELOCK: Verdicts = Verdicts::all(Expect::Fails(Kind::Livelock));

    /// The same under every model.
    pub const fn all(expect: Expect) -> Verdicts {
        Verdicts { sc: expect, x86: expect, c11: expect, except: &[] }
    }

    /// On x86 it is this.
    pub const fn x86(self, expect: Expect) -> Verdicts {
        Verdicts { x86: expect, ..self }
    }

    /// Under C11 it is this.
    pub const fn c11(self, expect: Expect) -> Verdicts {
        Verdicts { c11: expect, ..self }
    }

    /// Of these engines something else is declared.
    pub const fn except(self, except: &'static [Except]) -> Verdicts {
        Verdicts { except, ..self }
    }

    /// What is declared under a model.
    pub fn under(&self, model: Model) -> Expect {
        match model {
            Model::Sc => self.sc,
            Model::X86 => self.x86,
            Model::C11 => self.c11,
        }
    }

    /// What an engine must find; nothing is declared of real threads.
    pub fn of(&self, engine: &EngineFacts) -> Option<Expect> {
        let model = engine.model()?;
        let except = self.except.iter().find(|except| except.engine == engine.name);
        Some(except.map_or(self.under(model), |except| except.expect))
    }

    /// Whether it passes under every model.
    pub fn pass(&self) -> bool {
        Model::ALL.iter().all(|model| self.under(*model) == Expect::Passes)
    }
}

impl Except {
    /// loom cannot judge it, for this reason.
    pub const fn loom(why: &'static str) -> Except {
        Except { engine: "loom", expect: Expect::Skipped(why) }
    }
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
            for mut layout in version.scenario.native.layouts() {
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
