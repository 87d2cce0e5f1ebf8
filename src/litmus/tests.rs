//! The gallery is as the literature says; what is written is read again; the axioms are the oracle.

mod published;
mod random;
mod wrong;

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::axioms::{self, Cycles};
use crate::program::Program;
use crate::{Judged, Limits, judge};

fn judged(program: &Program) -> Judged {
    judge(
        program,
        &Limits { time: Duration::from_secs(20), machine: None, executions: false },
        false,
    )
}

/// An end by the names of what is observed: registers are numbered as they come.
type Named = BTreeMap<String, i32>;

fn named(program: &Program, state: &[i32]) -> Named {
    let places = program.observed().into_iter().map(|place| program.place(place));
    places.zip(state.iter().copied()).collect()
}

/// The ends under a model, by its place.
fn ends(judged: &Judged, model: usize) -> BTreeSet<Named> {
    let rows = judged.rows.iter().filter(|row| row.graphs[model] > 0);
    rows.map(|row| named(&judged.program, &row.state)).collect()
}

/// The ends that the axioms allow.
#[track_caller]
fn allowed(program: &Program, cycles: Cycles) -> BTreeSet<Named> {
    let allowed = axioms::allowed(program, cycles).expect("small enough");
    allowed.ends.iter().map(|state| named(program, state)).collect()
}

/// The engine and the axioms, which share no code, come to the same ends under SC and under RC11.
#[track_caller]
fn as_the_axioms_say(judged: &Judged) {
    let program = &judged.program;
    assert!(judged.complete(), "{}", crate::herd(program));
    assert_eq!(ends(judged, 0), allowed(program, Cycles::All), "SC\n{}", crate::herd(program));
    let rc11 = allowed(program, Cycles::ProgramOrder);
    assert_eq!(ends(judged, 2), rc11, "C11\n{}", crate::herd(program));
    assert!(ends(judged, 0).is_subset(&ends(judged, 1)), "{}", crate::herd(program));
    assert!(ends(judged, 1).is_subset(&ends(judged, 2)), "{}", crate::herd(program));
}
