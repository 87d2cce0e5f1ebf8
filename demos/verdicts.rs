//! What must be found in a version, by memory model, and what is declared of single engines.

use racelab::report::{EngineFacts, Kind, Model};

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
