//! The expected table of each structure: every part of it is needed, or is known not to be.

use racelab::Scenario;
use racelab::explore::Budget;
use racelab::explore::weaken::{Need, Weakened, weaken};
use racelab::explore::{Engine, LOOM, REDUCED};

use crate::structures::{header, seqlock, spin_lock, treiber, two_locks};

const BOTH: &[&'static dyn Engine] = &[REDUCED, LOOM];

fn table(scenario: &Scenario) -> Weakened {
    let table = weaken(scenario, BOTH, &Budget::default());
    assert_eq!(table.refused, None);
    for row in &table.rows {
        let why = row.fails_with.as_deref().unwrap_or("");
        println!(
            "{:<28} {:<24} {:?} {} {why}",
            row.operation, row.change, row.verdict, row.executions
        );
    }
    println!("together: {:?}", table.together);
    table
}

/// (operation, change, verdict) of every row.
fn rows(table: &Weakened) -> Vec<(&str, &str, Need)> {
    let rows = table.rows.iter();
    rows.map(|row| (row.operation.as_str(), row.change.as_str(), row.verdict)).collect()
}

#[test]
fn a_header_published_by_one_word_needs_both_orderings() {
    let table = table(&header::SCENARIO);
    assert_eq!(
        rows(&table),
        [
            ("store", "Release -> Relaxed", Need::Needed),
            ("load", "Acquire -> Relaxed", Need::Needed)
        ]
    );
    assert!(table.together.is_empty());
    assert!(table.rows[0].fails_with.as_deref().unwrap().contains("data race"));
}

#[test]
fn a_spin_lock_needs_both_orderings() {
    let table = table(&spin_lock::SCENARIO);
    assert_eq!(
        rows(&table),
        [
            ("compare_exchange", "Acquire -> Relaxed", Need::Needed),
            ("store", "Release -> Relaxed", Need::Needed),
        ]
    );
}

#[test]
fn a_seqlock_needs_both_fences_and_both_orderings() {
    let table = table(&seqlock::SCENARIO);
    assert_eq!(
        rows(&table),
        [
            ("fence", "left out", Need::Needed),
            ("store", "Release -> Relaxed", Need::Needed),
            ("load", "Acquire -> Relaxed", Need::Needed),
            ("fence", "left out", Need::Needed),
        ]
    );
}

/// The read-modify-write of `pop` continues the release sequence of `push`, so it needs nothing of
/// its own here; the ordering of a failed one is needed.
#[test]
fn a_treiber_stack_needs_release_to_push_and_acquire_to_pop() {
    let table = table(&treiber::SCENARIO);
    let push = [
        ("compare_exchange", "AcqRel -> Acquire", Need::Needed),
        ("compare_exchange", "AcqRel -> Release", Need::NotNeeded),
        ("compare_exchange", "AcqRel -> Relaxed", Need::Needed),
    ];
    let pop = [
        ("load", "Acquire -> Relaxed", Need::Needed),
        ("compare_exchange", "AcqRel -> Acquire", Need::NotNeeded),
        ("compare_exchange", "AcqRel -> Release", Need::NotNeeded),
        ("compare_exchange", "AcqRel -> Relaxed", Need::NotNeeded),
        ("compare_exchange (failing)", "Acquire -> Relaxed", Need::Needed),
    ];
    assert_eq!(rows(&table), [push.to_vec(), pop.to_vec()].concat());
    assert!(!table.together.is_empty());
}

#[test]
fn every_lock_is_needed_and_so_is_their_order() {
    let table = table(&two_locks::SCENARIO);
    let left_out: Vec<_> = table.rows.iter().filter(|row| row.change == "left out").collect();
    assert_eq!(left_out.len(), 6);
    assert!(left_out.iter().all(|row| row.verdict == Need::Needed));
    let exchanged: Vec<_> =
        table.rows.iter().filter(|r| r.change.starts_with("exchanged")).collect();
    assert_eq!(exchanged.len(), 2);
    assert!(exchanged.iter().all(|row| row.verdict == Need::Needed), "{exchanged:?}");
    assert!(exchanged[0].fails_with.as_deref().unwrap().contains("deadlock"), "{exchanged:?}");
}

#[test]
fn what_does_not_pass_gets_no_table() {
    let table = weaken(&crate::torn_header_broken::SCENARIO, BOTH, &Budget::default());
    assert!(table.refused.unwrap().contains("OUT_OF_BOUNDS"));
    assert!(table.rows.is_empty());
}

/// One at a time nothing is needed; together something is.
#[test]
fn the_greedy_line_says_what_goes_together() {
    let table = table(&crate::traps::double_flag::SCENARIO);
    assert!(table.rows.iter().all(|row| row.verdict == Need::NotNeeded));
    assert_eq!((table.rows.len(), table.together.len()), (4, 2));
}
