//! The rule on results that no machine had to show.

use super::*;
use crate::explore::{Engine, LOOM, NATIVE, REDUCED};
use crate::report::{BlindSpot, Bounds, End, Stop};
use crate::words::samples;

fn rows(counts: [u64; 3]) -> Vec<OutcomeCount> {
    let grades = [Grade::Allowed, Grade::Allowed, Grade::Forbidden];
    let rows = ["OLD", "NEW", "LOST"].into_iter().zip(grades).zip(counts);
    rows.map(|((id, grade), count)| OutcomeCount {
        id: id.to_string(),
        grade,
        reason: "as named".to_string(),
        count,
    })
    .collect()
}

fn checker(engine: &'static dyn Engine, counts: [u64; 3]) -> Report {
    let own = BlindSpot::Said(format!("{engine:?} is blind here"));
    let spots = vec![own, BlindSpot::Yield];
    Report { outcomes: rows(counts), blind_spots: spots, ..samples::report(engine, End::Complete) }
}

fn machine(counts: [u64; 3]) -> Report {
    let end = End::Cut(Stop::Time(0.0));
    let report = Report { outcomes: rows(counts), ..samples::report(NATIVE, end) };
    match counts[2] {
        0 => report,
        _ => samples::failing(Kind::Forbidden, report),
    }
}

fn died(kind: Kind) -> Report {
    samples::failing(kind, samples::report(NATIVE, End::Cut(Stop::ProcessEnded)))
}

fn both() -> Vec<Report> {
    vec![checker(REDUCED, [2, 1, 0]), checker(LOOM, [9, 4, 0])]
}

/// What is shown, in a word.
fn shown(reports: &[Report], machine: &Report) -> Option<String> {
    contradiction(reports, machine).map(|found| match found.shown {
        Shown::Outcome { id, .. } => id,
        Shown::Failure(kind, _) => kind.words().to_string(),
    })
}

#[test]
fn an_outcome_that_no_execution_shows() {
    let found = contradiction(&both(), &machine([70, 20, 3])).expect("LOST is excluded");
    let lost = Shown::Outcome { id: "LOST".to_string(), count: 3, runs: 812_004 };
    assert_eq!(found.shown, lost);
    let own = |name: &str| Suspect::Trap(BlindSpot::Said(format!("{name} is blind here")));
    let suspects = [own("reduced"), Suspect::Trap(BlindSpot::Yield), own("loom")];
    assert_eq!(found.suspects, suspects, "each once");
}

#[test]
fn what_some_execution_shows_is_no_contradiction() {
    assert_eq!(shown(&both(), &machine([70, 20, 0])), None);
    // An allowed outcome is excluded as well as a forbidden one.
    let never = vec![checker(REDUCED, [2, 0, 0]), checker(LOOM, [9, 0, 0])];
    assert_eq!(shown(&never, &machine([70, 20, 0])).as_deref(), Some("NEW"));
    // Reordering takes it, and loom shows that.
    let weak = vec![checker(REDUCED, [2, 0, 0]), checker(LOOM, [9, 1, 0])];
    assert_eq!(shown(&weak, &machine([70, 20, 0])), None);
    // loom loses plain interleavings: what the other shows can be.
    let lost = vec![checker(REDUCED, [2, 1, 0]), checker(LOOM, [9, 0, 0])];
    assert_eq!(shown(&lost, &machine([70, 20, 0])), None);
}

#[test]
fn interleavings_alone_exclude_nothing_that_reordering_may_show() {
    let alone = vec![checker(REDUCED, [2, 1, 0])];
    assert_eq!(shown(&alone, &machine([70, 20, 3])), None);
    let sequential: Vec<Report> =
        alone.into_iter().map(|report| Report { sequential: true, ..report }).collect();
    assert_eq!(shown(&sequential, &machine([70, 20, 3])).as_deref(), Some("LOST"));
    let loom = vec![checker(LOOM, [9, 4, 0])];
    assert_eq!(shown(&loom, &machine([70, 20, 3])).as_deref(), Some("LOST"));
}

#[test]
fn a_bound_excludes_nothing() {
    let bound = |mut report: Report| {
        report.bounds = Bounds { preemptions: Some(2), ..Bounds::default() };
        report
    };
    let [reduced, loom] = <[Report; 2]>::try_from(both()).expect("two");
    let bounded = [bound(reduced.clone()), bound(loom.clone())];
    assert_eq!(shown(&bounded, &machine([70, 20, 3])), None);
    assert_eq!(shown(&bounded, &died(Kind::Crash)), None);
    // Every interleaving was seen, and not all of the reordering.
    let half = [reduced, bound(loom)];
    assert_eq!(shown(&half, &machine([70, 20, 3])), None);
    assert_eq!(shown(&half, &died(Kind::Hang)).as_deref(), Some("hang"));
}

#[test]
fn a_failure_or_an_end_before_the_end_is_a_verdict_already() {
    let mut failing = both();
    failing[1] = samples::failing(Kind::Forbidden, failing[1].clone());
    assert_eq!(shown(&failing, &machine([70, 20, 3])), None);
    assert_eq!(shown(&failing, &died(Kind::Crash)), None);
    let mut cut = both();
    cut[1].end = End::Cut(Stop::Time(1.0));
    assert_eq!(shown(&cut, &machine([70, 20, 3])), None);
    assert_eq!(shown(&[], &died(Kind::Crash)), None);
}

#[test]
fn a_crash_a_hang_and_a_panic() {
    for (kind, word) in [(Kind::Crash, "crash"), (Kind::Hang, "hang"), (Kind::Panic, "panic")] {
        assert_eq!(shown(&both(), &died(kind)).as_deref(), Some(word));
    }
    let alone = [checker(REDUCED, [2, 1, 0])];
    assert_eq!(shown(&alone, &died(Kind::Crash)).as_deref(), Some("crash"));
    assert_eq!(shown(&alone, &died(Kind::Panic)), None, "reordering may lead to it");
    assert_eq!(shown(&both(), &died(Kind::OutOfMemory)), None);
}

#[test]
fn nothing_has_passed_that_the_machine_contradicts() {
    let mut reports = both();
    confront(&mut reports, &machine([70, 20, 0]));
    assert!(reports.iter().all(|report| report.verdict() == Verdict::Passed));
    confront(&mut reports, &machine([70, 20, 3]));
    assert!(reports.iter().all(|report| report.verdict() == Verdict::Undecided));
}
