//! A promise: what a demo declares of a version, held against what an engine found.

use crate::course::{Expect, Verdicts};
use racelab::report::{Kind, Report, Verdict};

/// How a report compares with what was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Promise {
    /// It says what was declared, or nothing was declared of this engine.
    Kept,
    /// It says something else.
    Broken(Differs),
    /// It cannot tell.
    Open(Differs),
}

/// What was declared, and what came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Differs {
    /// What must be found.
    pub declared: Expect,
    /// What was found instead, or why nobody can tell.
    pub instead: Instead,
}

/// What came instead of what was declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// A checker found a failure of this kind.
    Found(Kind),
    /// This machine showed a failure of this kind.
    Shown(Kind),
    /// Everything was seen, and nothing failed.
    Nothing,
    /// It did not see everything.
    NotEverything,
    /// This machine contradicts it.
    Contradicted,
    /// Nothing has been found yet.
    NotYet,
}

impl Expect {
    /// As it is said: `data race`, `passes`, `not judged`.
    pub fn words(self) -> &'static str {
        match self {
            Expect::Fails(kind) => kind.words(),
            Expect::Passes => "passes",
            Expect::Skipped(_) => "not judged",
        }
    }
}

/// Holds a report against what is declared of the race. `narrowed` says that the exploration had
/// a bound which the declaration does not know, so that finding nothing means little.
pub fn judge(verdicts: &Verdicts, report: &Report, narrowed: bool) -> Promise {
    let found = report.failure.as_ref().map(|failure| failure.kind);
    let Some(declared) = verdicts.of(&report.engine) else {
        let shown = found.filter(|_| verdicts.pass()).map(Instead::Shown);
        return shown.map_or(Promise::Kept, |instead| {
            Promise::Broken(Differs { declared: Expect::Passes, instead })
        });
    };
    if report.second.is_some() {
        // Another has decided, and is held against what is declared.
        return Promise::Kept;
    }
    if report.is_share() {
        // The others may say more.
        return Promise::Kept;
    }
    let broken = |instead| Promise::Broken(Differs { declared, instead });
    let open = |instead| Promise::Open(Differs { declared, instead });
    match (declared, found, report.verdict()) {
        (Expect::Skipped(_), ..) => Promise::Kept,
        (Expect::Fails(kind), Some(found), _) if kind == found => Promise::Kept,
        (_, Some(found), _) => broken(Instead::Found(found)),
        (Expect::Passes, None, Verdict::Inconclusive) => open(Instead::NotEverything),
        (Expect::Passes, None, Verdict::Undecided) => open(Instead::Contradicted),
        (Expect::Passes, None, _) => Promise::Kept,
        (Expect::Fails(_), None, Verdict::Passed) if !narrowed => broken(Instead::Nothing),
        (Expect::Fails(_), None, _) => open(Instead::NotYet),
    }
}
