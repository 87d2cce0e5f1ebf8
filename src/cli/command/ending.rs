//! How a command ended, as the exit code that scripts rely on.

use racelab::trial::Unable;
use racelab_demos::promise::Promise;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// Everything came out as it was promised.
    Promised,
    /// Stopped by a bound or by time before it was sure.
    Inconclusive,
    /// A promise was broken: a fixed version failed, or a broken one was not caught.
    Broken,
    /// The arguments make no sense.
    Usage,
    /// Something that is needed is not there.
    Missing,
    /// What was asked for again is something else now.
    Differs,
    /// A fault of racelab itself.
    Fault,
    /// Ctrl-C ended it.
    Interrupted,
}

impl Ending {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Ending::Promised => 0,
            Ending::Broken => 1,
            Ending::Usage => 2,
            Ending::Inconclusive => 3,
            Ending::Missing => 4,
            Ending::Differs => 5,
            Ending::Fault => 70,
            Ending::Interrupted => 130,
        }
    }

    /// The ending with this exit code.
    pub fn from_code(code: u8) -> Ending {
        use Ending::{Broken, Differs, Inconclusive, Missing, Promised, Usage};
        let all = [Promised, Broken, Usage, Inconclusive, Missing, Differs];
        all.into_iter().find(|ending| ending.code() == code).unwrap_or(Ending::Fault)
    }

    /// How it ends where something else kept it from its work: what the system refuses is missing.
    /// None where it is our own fault.
    pub fn kept_from(error: &anyhow::Error) -> Option<Ending> {
        let system = |cause: &(dyn std::error::Error + 'static)| {
            cause.is::<std::io::Error>() || cause.is::<Unable>()
        };
        error.chain().any(system).then_some(Ending::Missing)
    }

    /// The worst of many.
    pub fn of<'a>(promises: impl IntoIterator<Item = &'a Promise>) -> Ending {
        let each = promises.into_iter().map(|promise| match promise {
            Promise::Kept => Ending::Promised,
            Promise::Open(_) => Ending::Inconclusive,
            Promise::Broken(_) => Ending::Broken,
        });
        each.max().unwrap_or(Ending::Promised)
    }
}
