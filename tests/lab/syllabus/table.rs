//! A row of the table: a race, what is expected of it, and the scenario made of its two copies.

use racelab::race::{Native, UnderChecker};
use racelab::report::Kind;
use racelab::{Scenario, outcomes};

outcomes! {
    RIGHT: Allowed, "as it should be";
    WRONG: Forbidden, "what must never happen";
}

/// What loom says, without a bound unless there is one here.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Loom {
    Fails,
    Passes,
    PassesWithin(usize),
    /// It follows a loop that waits for ever, and gives up.
    Endless,
    /// It has too many executions.
    Skipped,
}

/// What the reduced search and loom must find.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expect {
    pub(crate) failing: u64,
    pub(crate) distinct: u64,
    /// At most so many executions. A failed compare-exchange is a read, but a search that has not
    /// run it must take it for a write: some interleavings come up twice.
    pub(crate) executions: u64,
    pub(crate) kind: Option<Kind>,
    pub(crate) loom: Loom,
}

/// So many distinct interleavings, and none fails.
pub(crate) const fn passes(distinct: u64) -> Expect {
    Expect { failing: 0, distinct, executions: distinct, kind: None, loom: Loom::Passes }
}

/// So many of the distinct interleavings end in a forbidden outcome.
pub(crate) const fn fails(failing: u64, distinct: u64) -> Expect {
    Expect {
        failing,
        distinct,
        executions: distinct,
        kind: Some(Kind::Forbidden),
        loom: Loom::Fails,
    }
}

impl Expect {
    pub(crate) const fn in_runs(self, executions: u64) -> Expect {
        Expect { executions, ..self }
    }

    pub(crate) const fn as_a(self, kind: Kind) -> Expect {
        Expect { kind: Some(kind), ..self }
    }

    pub(crate) const fn loom(self, loom: Loom) -> Expect {
        Expect { loom, ..self }
    }
}

/// One race, compiled for one runtime.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) expect: Expect,
    pub(crate) race: &'static dyn UnderChecker,
    /// The same, seen as a race that real threads could run; here they never do.
    pub(crate) terms: &'static dyn Native,
}

/// A row: its name, what is expected, the fresh `Memory`, the actors and the judge.
macro_rules! race {
    ($name:literal, $expect:expr, $fresh:expr, [$($actor:expr),+ $(,)?], $judge:expr $(,)?) => {{
        const RACE: racelab::Race<Memory> =
            racelab::Race::new($fresh, &[$($actor),+], $judge, crate::syllabus::table::OUTCOMES);
        crate::syllabus::table::Row {
            name: $name,
            expect: $expect,
            race: &RACE,
            terms: &RACE,
        }
    }};
}

/// The scenario of a row: it runs under the two checkers alone. A scenario lives as long as the
/// test does.
pub(crate) fn scenario(shuttle: &Row, loom: &Row) -> Scenario {
    Scenario {
        name: shuttle.name,
        sources: &[],
        in_place: None,
        native: shuttle.terms,
        amplified: None,
        checkers: Box::leak(Box::new([("shuttle", shuttle.race), ("loom", loom.race)])),
    }
}
