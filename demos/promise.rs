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

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::explore::{BOUNDED, Engine, LOOM, NATIVE};
    use racelab::report::{End, Stop};
    use racelab::words::samples::{self, failure};

    fn report(engine: &dyn Engine, kind: Option<Kind>, end: End) -> Report {
        let failure = kind.map(|kind| failure(kind, "why", Vec::new()));
        Report { failure, ..samples::report(engine, end) }
    }

    #[test]
    fn a_promise_is_kept_broken_or_open() {
        let demo = crate::find("torn-header").unwrap();
        let [broken, fixed] = [0, 1].map(|version| &demo.versions[version].verdicts);
        let complete = || End::Complete;
        let cut = || End::Cut(Stop::Time(1.0));
        let caught = report(BOUNDED, Some(Kind::Forbidden), complete());
        assert_eq!(judge(broken, &caught, false), Promise::Kept);
        assert_eq!(
            judge(fixed, &caught, false),
            Promise::Broken(Differs {
                declared: Expect::Passes,
                instead: Instead::Found(Kind::Forbidden),
            })
        );
        let passed = report(LOOM, None, complete());
        assert_eq!(judge(fixed, &passed, false), Promise::Kept);
        assert!(matches!(judge(broken, &passed, false), Promise::Broken(_)));
        assert!(matches!(judge(broken, &passed, true), Promise::Open(_)));
        let stopped = report(LOOM, None, cut());
        assert!(matches!(judge(broken, &stopped, false), Promise::Open(_)));
        assert!(matches!(judge(fixed, &stopped, false), Promise::Open(_)));
        let race = report(LOOM, Some(Kind::DataRace), complete());
        assert!(matches!(judge(broken, &race, false), Promise::Broken(_)));
    }

    #[test]
    fn hardware_only_breaks_the_promise_of_a_fix() {
        let demo = crate::find("torn-header").unwrap();
        let nothing = report(NATIVE, None, End::Complete);
        assert_eq!(judge(&demo.versions[0].verdicts, &nothing, false), Promise::Kept);
        let seen = report(NATIVE, Some(Kind::Forbidden), End::Complete);
        assert!(matches!(judge(&demo.versions[1].verdicts, &seen, false), Promise::Broken(_)));
    }
}
