//! Random programs: the reduced search sees what depth-first search sees, and sabotage shows.

use super::super::sabotage::Sabotage;
use super::generate::{Mix, Numbers, program};
use super::known::deadlock_beside_a_write;
use super::{everything, explore};

/// How many programs are compared in every run; `RACELAB_PROGRAMS` sets another number.
const PROGRAMS: u64 = 60;
/// Programs that need more executions than this of depth-first search are left out: in every run,
/// and where more programs are asked for.
const CAP: u64 = 4_000;
const LARGE_CAP: u64 = 100_000;

#[test]
fn same_as_depth_first_search() {
    compare(Mix::All);
}

#[test]
fn same_as_depth_first_search_of_locks() {
    compare(Mix::Locks);
}

fn compare(mix: Mix) {
    let asked = std::env::var("RACELAB_PROGRAMS").ok().and_then(|n| n.parse().ok());
    let (programs, cap) = asked.map_or((PROGRAMS, CAP), |programs| (programs, LARGE_CAP));
    let seed = std::env::var("RACELAB_SEED").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let mut numbers = Numbers(seed);
    let (mut compared, mut ours, mut classes, mut redundant, mut theirs) = (0u64, 0, 0, 0, 0);
    while compared < programs {
        let program = program(&mut numbers, mix);
        let Some(all) = everything(&program, cap) else { continue };
        let seen = explore(&program, None, cap);
        assert!(seen.complete, "{program:?}");
        assert_eq!(seen.outcomes, all.outcomes, "outcomes of {program:?}");
        assert_eq!(seen.classes, all.classes, "classes of {program:?}");
        compared += 1;
        ours += seen.executions;
        classes += seen.classes.len() as u64;
        redundant += seen.redundant;
        theirs += all.executions;
    }
    println!(
        "{compared} programs of {mix:?}: {ours} executions and {redundant} given up for {classes} classes, \
         against {theirs} executions"
    );
    let wasted = (ours + redundant - classes) as f64 / classes as f64;
    assert!(wasted < 0.10, "{wasted:.3} of the executions were redundant");
}

#[test]
fn sabotage_is_noticed() {
    let all = [
        Sabotage::NoLockRaces,
        Sabotage::NoReadRaces,
        Sabotage::NeverWake,
        Sabotage::FailedExchangeIndependent,
        Sabotage::WrongInitial,
        Sabotage::IgnoreNeverRun,
        Sabotage::IgnoreWaiting,
        Sabotage::NoTryRaces,
        Sabotage::NoSharedLockRaces,
    ];
    for sabotage in all {
        let mut numbers = Numbers(7);
        let random = (0..3_000).map(|_| program(&mut numbers, Mix::All));
        let mut programs = std::iter::once(deadlock_beside_a_write().to_vec()).chain(random);
        let noticed = programs.any(|program| {
            // Cheap first: without sabotage the search is right, as the other test says.
            let right = explore(&program, None, CAP);
            let wrong = explore(&program, Some(sabotage), CAP);
            right.outcomes != wrong.outcomes || right.classes != wrong.classes
        });
        assert!(noticed, "{sabotage:?} changes nothing that is seen");
    }
}
