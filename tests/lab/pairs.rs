//! Nine public bugs, broken and mended. What reordering alone breaks is not the reduced search's to
//! find; of the others it finds the broken one, and it passes all that are mended. The engine of
//! graphs finds both kinds, and says which machine shows them.
#![allow(clippy::undocumented_unsafe_blocks)]

use racelab::Scenario;
use racelab::explore::{Budget, GRAPHS, RANDOM_GRAPHS, REDUCED, search};
use racelab::report::{End, Kind, Model, Report, Verdict};

use super::{explore, seen};

racelab::scenario!(mod arc_swap_debt_broken = "pairs/arc_swap_debt/broken.rs");
racelab::scenario!(mod arc_swap_debt_fixed = "pairs/arc_swap_debt/fixed.rs");
racelab::scenario!(mod cas_weak_broken = "pairs/cas_weak/broken.rs");
racelab::scenario!(mod cas_weak_fixed = "pairs/cas_weak/fixed.rs");
racelab::scenario!(mod condvar_if_broken = "pairs/condvar_if/broken.rs");
racelab::scenario!(mod condvar_if_fixed = "pairs/condvar_if/fixed.rs");
racelab::scenario!(mod condvar_twice = "pairs/condvar_twice.rs");
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

/// Every one that is mended.
const MENDED: [&Scenario; 9] = [
    &arc_swap_debt_fixed::SCENARIO,
    &cas_weak_fixed::SCENARIO,
    &condvar_if_fixed::SCENARIO,
    &crossbeam_1187_fixed::SCENARIO,
    &futures_lock_fixed::SCENARIO,
    &oneshot_87_fixed::SCENARIO,
    &park_if_fixed::SCENARIO,
    &peterson_fixed::SCENARIO,
    &rwlock_recursion_fixed::SCENARIO,
];

#[test]
fn the_mended_ones_pass() {
    for scenario in MENDED {
        let report = explore(scenario, REDUCED);
        assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    }
}

/// How the engine of graphs says that it fails, and the strictest model that shows it.
fn shown(report: &Report) -> Option<(Kind, Option<Model>)> {
    report.failure.as_ref().map(|failure| (failure.kind, failure.shown_by))
}

/// Whether a stricter model shows any failure.
fn fails_under(report: &Report, model: Model) -> bool {
    let stricter = report.stricter.iter().find(|stricter| stricter.model == model);
    stricter.is_some_and(|stricter| stricter.failing > 0)
}

#[test]
fn the_mended_ones_pass_however_their_operations_are_reordered() {
    for scenario in MENDED {
        let report = explore(scenario, GRAPHS);
        assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
        assert_eq!(report.end, End::Complete, "{report:?}");
    }
}

/// A plan may end between a wait and its unlock. The wait is not asked again then whether it wakes
/// for no reason.
#[test]
fn a_wait_that_is_repeated_by_half_is_one_wait() {
    let report = explore(&condvar_twice::SCENARIO, GRAPHS);
    assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
    assert_eq!((report.end, report.executions), (End::Complete, 8));
}

/// A sender and a receiver that each write their own flag and miss the other's: a store buffer is
/// enough.
#[test]
fn a_flag_that_is_missed_on_both_sides_is_shown_by_x86() {
    let report = explore(&futures_lock_broken::SCENARIO, GRAPHS);
    assert_eq!(shown(&report), Some((Kind::Forbidden, Some(Model::X86))), "{report:?}");
    assert_eq!(seen(&report), ["SEEN", "ASLEEP"]);
    assert!(!fails_under(&report, Model::Sc) && fails_under(&report, Model::X86));
}

/// Both are in the critical section: the same store buffer, and what it leads to is a data race.
#[test]
fn two_in_peterson_s_section_are_shown_by_x86() {
    let report = explore(&peterson_broken::SCENARIO, GRAPHS);
    assert_eq!(shown(&report), Some((Kind::DataRace, Some(Model::X86))), "{report:?}");
    assert!(!fails_under(&report, Model::Sc) && fails_under(&report, Model::X86));
}

/// A failed exchange that is Acquire and not SeqCst: on x86 it is locked all the same.
#[test]
fn a_debt_that_is_not_seen_is_hidden_by_x86() {
    let report = explore(&arc_swap_debt_broken::SCENARIO, GRAPHS);
    assert_eq!(shown(&report), Some((Kind::DataRace, Some(Model::C11))), "{report:?}");
    assert!(!fails_under(&report, Model::Sc) && !fails_under(&report, Model::X86));
}

#[test]
fn what_interleavings_break_is_shown_by_every_model() {
    let report = explore(&crossbeam_1187_broken::SCENARIO, GRAPHS);
    assert_eq!(shown(&report), Some((Kind::Forbidden, Some(Model::Sc))), "{report:?}");
    assert_eq!(seen(&report), ["ONCE", "TWICE"]);
    for scenario in [&cas_weak_broken::SCENARIO, &condvar_if_broken::SCENARIO] {
        let report = explore(scenario, GRAPHS);
        assert_eq!(shown(&report), Some((Kind::Forbidden, Some(Model::Sc))), "{report:?}");
    }
    let report = explore(&oneshot_87_broken::SCENARIO, GRAPHS);
    assert_eq!(shown(&report), Some((Kind::DataRace, Some(Model::Sc))), "{report:?}");
}

/// It passes as long as nobody wakes without a reason, and that is what std allows.
#[test]
fn a_park_that_returns_without_a_token_is_found_in_the_second_look() {
    let report = explore(&park_if_broken::SCENARIO, GRAPHS);
    assert_eq!(report.failing, 0, "{report:?}");
    assert_eq!(shown(&report), Some((Kind::DataRace, Some(Model::Sc))), "{report:?}");
    let again = report.unreasonable.as_ref().expect("a second look");
    assert!(again.failing > 0 && again.wakeups, "{report:?}");
}

/// Whether a writer that waits holds up readers is a question for whole operations.
#[test]
fn a_writer_that_goes_first_is_left_to_the_interleavings() {
    let report = explore(&rwlock_recursion_broken::SCENARIO, GRAPHS);
    assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
}

/// By chance: what fails is found in a few thousand executions, and nothing fails that is right.
#[test]
fn graphs_by_chance_find_the_broken_ones_and_no_others() {
    let budget = Budget { executions: 4_000, ..Budget::default() };
    let explore = |scenario| search::explore(scenario, RANDOM_GRAPHS, &budget);
    for scenario in [
        &arc_swap_debt_broken::SCENARIO,
        &futures_lock_broken::SCENARIO,
        &peterson_broken::SCENARIO,
        &crossbeam_1187_broken::SCENARIO,
        &oneshot_87_broken::SCENARIO,
    ] {
        assert_eq!(explore(scenario).verdict(), Verdict::Caught, "{}", scenario.name);
    }
    for scenario in MENDED {
        let report = explore(scenario);
        assert_eq!(report.verdict(), Verdict::NotFound, "{report}");
    }
}
