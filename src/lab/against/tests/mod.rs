//! The judge over all interleavings of a class, held against a search that tells every order of the
//! calls itself; and what is shown of what fails.

mod shown;
mod structures;
mod yields;

use std::sync::Arc;

use super::run::following;
use super::states::States;
use super::{Limits, generate, shape};
use crate::explore::called::ONLY_WHAT_ALWAYS_IS;
use crate::explore::{Budget, REDUCED};
use crate::scenario::Scenario;
use crate::specification::Program;

/// The scenarios within these limits, each with whether it fails.
fn failing(scenario: &Scenario, limits: &Limits) -> Vec<(Program, bool)> {
    let spec = scenario.specification().expect("a specification");
    let mut chance = fastrand::Rng::with_seed(limits.seed);
    let mut found = Vec::new();
    let mut states = States::new(spec);
    for shape in shape::shapes(limits) {
        for program in generate::scenarios(&mut states, &shape, limits, &mut chance).0 {
            let program = Arc::new(program);
            let explore = || REDUCED.explore(scenario, &Budget::default(), true);
            let fails = following(&program, explore).failure.is_some();
            found.push(((*program).clone(), fails));
        }
    }
    found
}

/// Stamps are operations: to have answered writes a word that to be called reads. So in each class
/// the order of the calls is that of every interleaving of it, and nothing is enumerated. The two
/// ways share no code but the search for an explanation.
#[test]
fn all_interleavings_of_a_class_are_those_that_stamps_tell_apart() {
    use structures::*;
    let limits = Limits { calls: 3, lopsided: 3, of_a_shape: 60, ..Limits::default() };
    let cases = [
        ("scan", &scan::SCENARIO, &scan_stamped::SCENARIO),
        ("stale", &stale::SCENARIO, &stale_stamped::SCENARIO),
        ("two locks", &two_locks::SCENARIO, &two_locks_stamped::SCENARIO),
        ("one lock", &one_lock::SCENARIO, &one_lock_stamped::SCENARIO),
        ("counter", &counter::SCENARIO, &counter_stamped::SCENARIO),
        ("weakly", &counter_weakly::SCENARIO, &counter_weakly_stamped::SCENARIO),
        ("bays", &bays::SCENARIO, &bays_stamped::SCENARIO),
        ("noisy", &noisy::SCENARIO, &noisy_stamped::SCENARIO),
        ("seats", &seats::SCENARIO, &seats_stamped::SCENARIO),
    ];
    let mut fail = Vec::new();
    for (name, plain, stamped) in cases {
        let mine = failing(plain, &limits);
        ONLY_WHAT_ALWAYS_IS.set(true);
        let theirs = failing(stamped, &limits);
        let few = failing(plain, &limits);
        ONLY_WHAT_ALWAYS_IS.set(false);
        assert_eq!(mine.len(), theirs.len(), "{name}");
        for ((program, fails), (_, stamps)) in mine.iter().zip(&theirs) {
            assert_eq!(fails, stamps, "{name}: {program:?}");
        }
        let count = |all: &[(Program, bool)]| all.iter().filter(|one| one.1).count();
        fail.push((name, mine.len(), count(&mine), count(&few)));
    }
    println!("{fail:?}");
    // What is so in every interleaving misses what only some of them show.
    let more = fail.iter().filter(|(_, _, all, few)| all > few).count();
    assert!(more >= 2, "{fail:?}");
    let right = |name: &str| fail.iter().any(|one| one.0 == name && one.2 == 0);
    assert!(right("one lock") && right("weakly"), "{fail:?}");
}
