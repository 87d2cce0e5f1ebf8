//! A promise: what a demo declares of a version, held against what an engine found.

use crate::course::{Expect, Verdicts};
use racelab::report::{Report, Verdict};

/// How a report compares with what was declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Promise {
    /// It says what was declared, or nothing was declared of this engine.
    Kept,
    /// It says something else, namely this.
    Broken(String),
    /// It cannot tell, for this reason.
    Open(String),
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
    let verdict = report.verdict();
    let failed = matches!(verdict, Verdict::Caught | Verdict::Crashed | Verdict::Hung);
    let found = report.failure.as_ref().map_or("nothing", |failure| failure.kind.words());
    match verdicts.of(&report.engine) {
        None if failed && verdicts.pass() => {
            Promise::Broken(format!("declared: passes; here: {found}"))
        }
        None => Promise::Kept,
        Some(Expect::Skipped(_)) => Promise::Kept,
        Some(Expect::Passes) if failed => {
            Promise::Broken(format!("declared: passes; found: {found}"))
        }
        Some(Expect::Passes) if verdict == Verdict::Inconclusive => {
            Promise::Open("declared: passes; it did not see everything".to_string())
        }
        Some(Expect::Passes) if verdict == Verdict::Undecided => {
            Promise::Open("declared: passes; this machine contradicts it".to_string())
        }
        Some(Expect::Passes) => Promise::Kept,
        Some(Expect::Fails(kind)) => match &report.failure {
            Some(failure) if failure.kind == kind => Promise::Kept,
            Some(_) => Promise::Broken(format!("declared: {}; found: {found}", kind.words())),
            None if verdict == Verdict::Passed && !narrowed => {
                Promise::Broken(format!("declared: {}; found: nothing", kind.words()))
            }
            None => Promise::Open(format!("declared: {}; not found yet", kind.words())),
        },
    }
}
