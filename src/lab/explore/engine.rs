//! An engine: a way to explore a scenario, with everything that anybody asks of one.

use std::fmt;

use super::Budget;
use crate::report::{BlindSpot, EngineFacts, Failure, Kind, Model, Report};
use crate::rt::survey::Survey;
use crate::scenario::Scenario;

/// A way to explore a scenario.
///
/// Whoever lists, runs, prints or judges engines asks them here, and nowhere compares which engine
/// one is: an engine of your own is an `impl` of this trait and a row in a table,
/// `Engines::standard().with(&MINE)`. The methods that have a body describe an engine that nobody
/// asks for unless its name is typed.
pub trait Engine: Sync {
    /// As it is typed: `reduced`.
    fn name(&self) -> &'static str;

    /// The memory models that it decides, the strictest first. None says that these are real
    /// threads: what they show is evidence, nothing is declared of them, they run for the whole of
    /// a budget's time, and no other exploration runs beside them.
    fn models(&self) -> &'static [Model];

    /// The runtime that the source is compiled for: `native`, `loom` or `shuttle`.
    fn runtime(&self) -> &'static str;

    /// What it does, in a few words that can follow "This looked at".
    fn about(&self) -> &'static str;

    /// What it cannot see in any program, in a few words that can follow "Cannot see".
    fn blind_spot(&self) -> &'static str;

    /// Whether its end can be a proof: whether it comes to one by having seen everything.
    fn exhaustive(&self) -> bool;

    /// Whether what it shows within its models can happen there, and nothing is missing from what
    /// it has seen to its end. What one that is not exact says is a second opinion, where one that
    /// is has come to an end.
    fn exact(&self) -> bool {
        true
    }

    /// Whether it explores where no engine is named, and weakens what passes.
    fn by_default(&self) -> bool {
        false
    }

    /// Whether it can explore a [share](crate::report::Partition) of the whole, which no other share
    /// has to do with.
    fn divides(&self) -> bool {
        false
    }

    /// The stack of each thread of the scenario, in KiB, where the engine makes it smaller than the
    /// system does.
    fn stack(&self) -> Option<u32> {
        None
    }

    /// Who looks further where its search was cut and nothing had failed, one after the other.
    fn successors(&self) -> &'static [&'static dyn Engine] {
        &[]
    }

    /// What it may get wrong in this program.
    fn traps(&self, program: &Program<'_>) -> Vec<Trap> {
        let _ = program;
        Vec::new()
    }

    /// Whether what it explores is all within [`Budget::preemptions`], where that is set.
    fn bounds_preemptions(&self) -> bool {
        false
    }

    /// What a table of weakenings does not cover because of it, whatever the program.
    fn weakening_limit(&self) -> Option<&'static str> {
        None
    }

    /// Explores within a budget; `first` ends it at the first failure.
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report;

    /// What a [token](super::token) says of an execution of its own that a failure shows and that is
    /// no schedule: letters, digits, `+` and `-`. None where it cannot be run again.
    fn token(&self, shown: &Failure) -> Option<String> {
        let _ = shown;
        None
    }

    /// The failure of this kind that such a text is of, as far as [`Engine::replay`] needs it; none
    /// where it is damaged.
    fn of_token(&self, kind: Kind, text: &str) -> Option<Failure> {
        let _ = (kind, text);
        None
    }

    /// Runs the execution again that a failure of its own shows, and shows it again; `None` where
    /// the failure shows none, or its witness is of another engine.
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        let _ = (scenario, budget, shown);
        None
    }
}

impl dyn Engine + '_ {
    /// What its reports say of it.
    pub fn facts(&self) -> EngineFacts {
        EngineFacts {
            name: self.name().to_string(),
            models: self.models().to_vec(),
            runtime: self.runtime().to_string(),
            about: self.about().to_string(),
            blind_spot: self.blind_spot().to_string(),
            exhaustive: self.exhaustive(),
            exact: self.exact(),
            one_of_several: false,
        }
    }

    /// Whether these are real threads.
    pub fn hardware(&self) -> bool {
        self.models().is_empty()
    }
}

/// By its name: no two engines of a table have the same.
impl PartialEq for dyn Engine + '_ {
    fn eq(&self, other: &(dyn Engine + '_)) -> bool {
        self.name() == other.name()
    }
}

impl fmt::Debug for dyn Engine + '_ {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a program does, over some of its executions: what [`Engine::traps`] are told from.
pub struct Program<'a>(pub(crate) &'a Survey);

/// Something in a program that an engine may get wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trap {
    /// It may make the engine report what cannot happen.
    pub false_alarm: bool,
    /// What it is.
    pub spot: BlindSpot,
}
