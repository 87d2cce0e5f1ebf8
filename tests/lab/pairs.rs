//! Nine public bugs, broken and mended. What reordering alone breaks is not the reduced search's to
//! find; of the others it finds the broken one, and it passes all that are mended.
#![allow(clippy::undocumented_unsafe_blocks)]

use racelab::Scenario;
use racelab::explore::REDUCED;
use racelab::report::{Kind, Verdict};

use super::explore;

racelab::scenario!(mod arc_swap_debt_broken = "pairs/arc_swap_debt/broken.rs");
racelab::scenario!(mod arc_swap_debt_fixed = "pairs/arc_swap_debt/fixed.rs");
racelab::scenario!(mod cas_weak_broken = "pairs/cas_weak/broken.rs");
racelab::scenario!(mod cas_weak_fixed = "pairs/cas_weak/fixed.rs");
racelab::scenario!(mod condvar_if_broken = "pairs/condvar_if/broken.rs");
racelab::scenario!(mod condvar_if_fixed = "pairs/condvar_if/fixed.rs");
racelab::scenario!(mod crossbeam_1187_broken = "pairs/crossbeam_1187/broken.rs");
racelab::scenario!(mod crossbeam_1187_fixed = "pairs/crossbeam_1187/fixed.rs");
racelab::scenario!(mod futures_lock_broken = "pairs/futures_lock/broken.rs");
racelab::scenario!(mod futures_lock_fixed = "pairs/futures_lock/fixed.rs");
racelab::scenario!(mod oneshot_87_broken = "pairs/oneshot_87/broken.rs");
racelab::scenario!(mod oneshot_87_fixed = "pairs/oneshot_87/fixed.rs");
racelab::scenario!(mod park_if_broken = "pairs/park_if/broken.rs");
racelab::scenario!(mod park_if_fixed = "pairs/park_if/fixed.rs");
racelab::scenario!(mod peterson_broken = "pairs/peterson/broken.rs");
racelab::scenario!(mod peterson_fixed = "pairs/peterson/fixed.rs");
racelab::scenario!(mod rwlock_recursion_broken = "pairs/rwlock_recursion/broken.rs");
racelab::scenario!(mod rwlock_recursion_fixed = "pairs/rwlock_recursion/fixed.rs");

fn caught(scenario: &Scenario) -> Option<Kind> {
    explore(scenario, REDUCED).failure.map(|failure| failure.kind)
}

#[test]
fn the_broken_ones_are_caught() {
    assert_eq!(caught(&cas_weak_broken::SCENARIO), Some(Kind::Forbidden));
    assert_eq!(caught(&condvar_if_broken::SCENARIO), Some(Kind::Forbidden));
    assert_eq!(caught(&park_if_broken::SCENARIO), Some(Kind::DataRace));
    assert_eq!(caught(&rwlock_recursion_broken::SCENARIO), Some(Kind::Deadlock));
    assert_eq!(caught(&oneshot_87_broken::SCENARIO), Some(Kind::DataRace));
}

#[test]
fn what_only_reordering_breaks_is_not_seen() {
    for scenario in [
        &arc_swap_debt_broken::SCENARIO,
        &futures_lock_broken::SCENARIO,
        &peterson_broken::SCENARIO,
    ] {
        let report = explore(scenario, REDUCED);
        assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    }
}

#[test]
fn the_mended_ones_pass() {
    for scenario in [
        &arc_swap_debt_fixed::SCENARIO,
        &cas_weak_fixed::SCENARIO,
        &condvar_if_fixed::SCENARIO,
        &crossbeam_1187_fixed::SCENARIO,
        &futures_lock_fixed::SCENARIO,
        &oneshot_87_fixed::SCENARIO,
        &park_if_fixed::SCENARIO,
        &peterson_fixed::SCENARIO,
        &rwlock_recursion_fixed::SCENARIO,
    ] {
        let report = explore(scenario, REDUCED);
        assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    }
}
