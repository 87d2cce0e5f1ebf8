//! The scenarios of the course in small, broken and fixed: how many distinct interleavings each
//! has, how many of them fail and how, and what loom says.

#[macro_use]
pub(crate) mod table;

/// Compiled for shuttle.
#[path = ""]
mod shuttle {
    pub(crate) use racelab::rt::shuttle as rt;

    #[path = "parts.rs"]
    pub(crate) mod parts;
}

/// Compiled for loom.
#[path = ""]
mod loom {
    pub(crate) use racelab::rt::loom as rt;

    #[path = "parts.rs"]
    pub(crate) mod parts;
}

use std::collections::BTreeSet;

use racelab::explore::{Budget, search};
use racelab::explore::{Engine, GRAPHS, LOOM, REDUCED};
use racelab::report::{End, Kind, Model, OutcomeCount, Report, Verdict};

use table::{Loom, Row};

/// Every row, as compiled for shuttle and for loom.
pub(crate) fn rows() -> impl Iterator<Item = (&'static Row, &'static Row)> {
    let rows =
        |parts: [&'static [&'static [Row]]; 10]| parts.into_iter().flatten().copied().flatten();
    rows(shuttle::parts::PARTS).zip(rows(loom::parts::PARTS))
}

fn explore(row: (&Row, &Row), engine: &'static dyn Engine, preemptions: Option<usize>) -> Report {
    let budget = Budget { preemptions, ..Budget::default() };
    search::explore(&table::scenario(row.0, row.1), engine, &budget)
}

fn kind(report: &Report) -> &'static str {
    report.failure.as_ref().map_or("", |failure| failure.kind.words())
}

/// Prints the table: `cargo test --release --test lab syllabus -- --nocapture`.
#[test]
fn every_interleaving_is_counted_and_judged() {
    let mut wrong = Vec::new();
    let mut slowest = (0.0, "");
    let mut sum = 0.0;
    for row in rows() {
        let (name, expect) = (row.0.name, row.0.expect);
        let report = explore(row, REDUCED, None);
        let (distinct, ms) = (report.distinct.unwrap_or(0), report.seconds * 1_000.0);
        let (failing, executions) = (report.failing, report.executions);
        println!(
            "{name:40} {failing:4} of {distinct:4} fail  {:18} {executions:5} run {ms:8.3} ms",
            kind(&report)
        );
        sum += ms;
        if ms > slowest.0 {
            slowest = (ms, name);
        }
        let found = report.failure.as_ref().map(|failure| failure.kind);
        if (failing, distinct, found) != (expect.failing, expect.distinct, expect.kind) {
            wrong.push(format!(
                "{name}: {failing} of {distinct}, {found:?}, and not {} of {}, {:?}",
                expect.failing, expect.distinct, expect.kind
            ));
        }
        if executions > expect.executions {
            wrong.push(format!("{name}: {executions} executions, {} at most", expect.executions));
        }
        if report.end != End::Complete {
            wrong.push(format!("{name}: {:?}", report.end));
        }
    }
    println!(
        "{} rows, {sum:.1} ms; the slowest is {} with {:.3} ms",
        rows().count(),
        slowest.1,
        slowest.0
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The outcomes that came up.
fn ends(outcomes: &[OutcomeCount]) -> BTreeSet<&str> {
    outcomes.iter().filter(|row| row.count > 0).map(|row| row.id.as_str()).collect()
}

/// Of the graphs those that are sequentially consistent end as the interleavings do: two searches
/// that share no code beyond the facade. An execution that breaks off does so in another place in
/// each.
#[test]
fn what_is_sequentially_consistent_is_what_interleavings_show() {
    let races = |report: &Report| {
        let kind = report.failure.as_ref().map(|failure| failure.kind);
        matches!(kind, Some(Kind::DataRace | Kind::UseAfterFree))
    };
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for row in rows() {
        let (reduced, graphs) = (explore(row, REDUCED, None), explore(row, GRAPHS, None));
        if races(&reduced) || races(&graphs) || !graphs.exhaustive() {
            continue;
        }
        compared += 1;
        let sc = graphs.stricter.iter().find(|stricter| stricter.model == Model::Sc).unwrap();
        let same = ends(&sc.outcomes) == ends(&reduced.outcomes)
            && (sc.failing > 0) == (reduced.failing > 0);
        if !same {
            wrong.push(format!("{}: {sc:?}\n{reduced}", row.0.name));
        }
    }
    println!("{compared} compared");
    assert!(compared > 80, "{compared}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What reordering alone breaks, only loom finds; and it passes what is right.
#[test]
fn loom_agrees_or_finds_more() {
    let mut wrong = Vec::new();
    for row in rows() {
        let (name, expect) = (row.0.name, row.0.expect);
        let (verdict, bound) = match expect.loom {
            Loom::Fails => (Verdict::Caught, None),
            Loom::Passes => (Verdict::Passed, None),
            Loom::PassesWithin(bound) => (Verdict::Passed, Some(bound)),
            Loom::Endless => (Verdict::Inconclusive, None),
            Loom::Skipped => continue,
        };
        let report = explore(row, LOOM, bound);
        println!(
            "{name:40} {:6} of {:6} fail  {:18} {:7.3} s",
            report.failing,
            report.executions,
            kind(&report),
            report.seconds
        );
        if report.verdict() != verdict {
            wrong.push(format!(
                "{name}: {:?} {:?}, and not {verdict:?}",
                report.verdict(),
                report.end
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn both_copies_have_the_same_rows_and_names_are_unique() {
    let mut names: Vec<&str> = rows().map(|row| row.0.name).collect();
    assert!(rows().all(|(shuttle, loom)| shuttle.name == loom.name));
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count);
}
