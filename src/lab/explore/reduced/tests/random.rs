//! Random programs: the reduced search sees what depth-first search sees, and sabotage shows.

use super::super::sabotage::Sabotage;
use super::generate::{MIXES, Mix, Numbers, program, unwinding};
use super::known::{deadlock_beside_a_write, passed_on};
use super::program::Do;
use super::{Seen, explore, outcomes_by_depth};
use crate::rt::allow::Allow;

/// How many programs of each mix are compared in every run; `RACELAB_PROGRAMS` sets another number,
/// and `RACELAB_SEED` begins elsewhere.
const PROGRAMS: u64 = 34;
/// Programs that need more executions than this of depth-first search are left out; `RACELAB_CAP`
/// sets another number.
const CAP: u64 = 2_000;

/// What a program of this mix is explored with.
fn allow(mix: Mix) -> Allow {
    match mix {
        Mix::Yields => Allow { yields: 8, ..Allow::default() },
        Mix::Unreasonable => Allow { writers_first: true, yields: 1, ..Allow::ALL },
        _ => Allow::default(),
    }
}

#[test]
fn everything_together() {
    compare(Mix::All);
}

#[test]
fn locks() {
    compare(Mix::Locks);
}

#[test]
fn held_locks() {
    compare(Mix::Held);
}

#[test]
fn orders() {
    compare(Mix::Orders);
}

#[test]
fn yields() {
    compare(Mix::Yields);
}

#[test]
fn meetings() {
    compare(Mix::Meetings);
}

#[test]
fn what_happens_without_a_reason() {
    compare(Mix::Unreasonable);
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().and_then(|number| number.parse().ok())
}

/// A yield in a straight line changes nothing: the same program without any.
fn without_yields(program: &[Vec<Do>]) -> Vec<Vec<Do>> {
    let kept = |step: &&Do| **step != Do::Yield;
    program.iter().map(|thread| thread.iter().filter(kept).copied().collect()).collect()
}

/// Everything, by depth: classes by the same trace, outcomes by a search of its own.
fn everything(program: &[Vec<Do>], allow: Allow, cap: u64) -> Option<Seen> {
    let all = explore(program, allow, Some(Sabotage::Everything), cap);
    all.complete.then_some(all)
}

fn compare(mix: Mix) {
    let programs = number("RACELAB_PROGRAMS").unwrap_or(PROGRAMS);
    let cap = number("RACELAB_CAP").unwrap_or(CAP);
    let mut numbers = Numbers(number("RACELAB_SEED").unwrap_or(1));
    let allow = allow(mix);
    let (mut compared, mut ours, mut classes, mut redundant, mut theirs) = (0u64, 0, 0, 0, 0);
    while compared < programs {
        let program = program(&mut numbers, mix);
        let Some(all) = everything(&program, allow, cap) else { continue };
        let seen = explore(&program, allow, None, cap);
        assert!(seen.complete, "{program:?}");
        assert_eq!(seen.outcomes, all.outcomes, "outcomes of {program:?}");
        assert_eq!(seen.classes, all.classes, "classes of {program:?}");
        let plain = match mix {
            Mix::Yields => outcomes_by_depth(&without_yields(&program), Allow::default(), cap),
            _ => outcomes_by_depth(&program, allow, cap),
        };
        if let Some(plain) = plain {
            assert_eq!(seen.outcomes, plain, "outcomes by depth of {program:?}");
        }
        compared += 1;
        ours += seen.executions;
        classes += seen.classes.len() as u64;
        redundant += seen.redundant;
        theirs += all.executions;
    }
    println!(
        "{compared} programs of {mix:?}: {ours} executions and {redundant} given up for {classes} \
         classes, against {theirs} executions"
    );
    let wasted = (ours + redundant - classes) as f64 / classes as f64;
    assert!(wasted < 0.15, "{wasted:.3} of the executions were redundant");
}

/// What a destructor does while a panic unwinds is as if there were no panic.
#[test]
fn unwinding_is_no_exception() {
    let programs = number("RACELAB_PROGRAMS").unwrap_or(PROGRAMS);
    let mut numbers = Numbers(number("RACELAB_SEED").unwrap_or(1));
    for mix in [Mix::All, Mix::Locks, Mix::Held, Mix::Orders, Mix::Meetings] {
        let mut compared = 0;
        while compared < programs {
            let plain = program(&mut numbers, mix);
            let Some(panics) = unwinding(&mut numbers, &plain) else { continue };
            let without = explore(&plain, allow(mix), None, CAP);
            if !without.complete {
                continue;
            }
            let with = explore(&panics, allow(mix), None, CAP);
            assert_eq!(with.outcomes, without.outcomes, "outcomes of {panics:?}");
            assert_eq!(with.classes, without.classes, "classes of {panics:?}");
            compared += 1;
        }
    }
}

#[test]
fn sabotage_is_noticed() {
    let all = [
        (Sabotage::NoLockRaces, Mix::All),
        (Sabotage::NoReadRaces, Mix::All),
        (Sabotage::NeverWake, Mix::All),
        (Sabotage::FailedExchangeIndependent, Mix::All),
        (Sabotage::WrongInitial, Mix::All),
        (Sabotage::IgnoreNeverRun, Mix::All),
        (Sabotage::IgnoreWaiting, Mix::All),
        (Sabotage::NoTryRaces, Mix::All),
        (Sabotage::NoSharedLockRaces, Mix::All),
        (Sabotage::HiddenByTheImpossible, Mix::Held),
        (Sabotage::SameIsARead, Mix::Orders),
        (Sabotage::NeverFails, Mix::Unreasonable),
        (Sabotage::NoLookRaces, Mix::Meetings),
        (Sabotage::NeverLate, Mix::Meetings),
    ];
    for (sabotage, mix) in all {
        let mut numbers = Numbers(7);
        let random = (0..PROGRAMS * MIXES.len() as u64).map(|_| program(&mut numbers, mix));
        let known = [deadlock_beside_a_write().to_vec(), passed_on().to_vec()];
        let mut programs = known.into_iter().chain(random);
        let noticed = programs.any(|program| {
            // Cheap first: without sabotage the search is right, as the other tests say.
            let right = explore(&program, allow(mix), None, CAP);
            let wrong = explore(&program, allow(mix), Some(sabotage), CAP);
            right.outcomes != wrong.outcomes
                || sabotage != Sabotage::SameIsARead && right.classes != wrong.classes
        });
        assert!(noticed, "{sabotage:?} changes nothing that is seen");
    }
}

/// The rule of yields as it was: a thread waits from its first yield on.
#[test]
fn a_yield_that_is_not_free_is_noticed() {
    let mut numbers = Numbers(7);
    let mut programs = (0..200).map(|_| program(&mut numbers, Mix::Yields));
    let noticed = programs.any(|program| {
        let right = explore(&program, allow(Mix::Yields), None, CAP);
        let wrong = explore(&program, Allow::default(), None, CAP);
        right.outcomes != wrong.outcomes
    });
    assert!(noticed, "nothing hides behind a yield");
}
