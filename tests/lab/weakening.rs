//! The expected table of each structure: every part of it is needed, or is known not to be.

use racelab::Scenario;
use racelab::explore::Budget;
use racelab::explore::weaken::{How, Need, Weakened, weaken};
use racelab::explore::{Engine, LOOM, REDUCED};

use crate::structures::{header, seqlock, spin_lock, treiber, two_locks};

const BOTH: &[&'static dyn Engine] = &[REDUCED, LOOM];

fn table(scenario: &Scenario) -> Weakened {
    let table = weaken(scenario, BOTH, &Budget::default());
    assert_eq!(table.refused, None);
    for row in &table.rows {
        let why = row.objection.as_ref().map(|why| why.to_string()).unwrap_or_default();
        println!("{:<53} {:?} {} {why}", row.what.to_string(), row.verdict, row.executions);
    }
    println!("together: {:?}", table.together);
    table
}

/// What was made weaker, and the verdict, of every row.
fn rows(table: &Weakened) -> Vec<(String, Need)> {
    table.rows.iter().map(|row| (row.what.to_string(), row.verdict)).collect()
}

#[test]
fn a_header_published_by_one_word_needs_both_orderings() {
    let table = table(&header::SCENARIO);
    assert_eq!(
        rows(&table),
        [
            ("store Release -> Relaxed".to_string(), Need::Needed),
            ("load Acquire -> Relaxed".to_string(), Need::Needed)
        ]
    );
    assert!(table.together.is_empty());
    assert!(table.rows[0].objection.as_ref().unwrap().to_string().contains("data race"));
}

#[test]
fn a_spin_lock_needs_both_orderings() {
    let table = table(&spin_lock::SCENARIO);
    assert_eq!(
        rows(&table),
        [
            ("compare_exchange Acquire -> Relaxed".to_string(), Need::Needed),
            ("store Release -> Relaxed".to_string(), Need::Needed),
        ]
    );
}

#[test]
fn a_seqlock_needs_both_fences_and_both_orderings() {
    let table = table(&seqlock::SCENARIO);
    assert_eq!(
        rows(&table),
        [
            ("fence left out".to_string(), Need::Needed),
            ("store Release -> Relaxed".to_string(), Need::Needed),
            ("load Acquire -> Relaxed".to_string(), Need::Needed),
            ("fence left out".to_string(), Need::Needed),
        ]
    );
}

/// The read-modify-write of `pop` continues the release sequence of `push`, so it needs nothing of
/// its own here; the ordering of a failed one is needed.
#[test]
fn a_treiber_stack_needs_release_to_push_and_acquire_to_pop() {
    let table = table(&treiber::SCENARIO);
    let push = [
        ("compare_exchange AcqRel -> Acquire".to_string(), Need::Needed),
        ("compare_exchange AcqRel -> Release".to_string(), Need::NotNeeded),
        ("compare_exchange AcqRel -> Relaxed".to_string(), Need::Needed),
    ];
    let pop = [
        ("load Acquire -> Relaxed".to_string(), Need::Needed),
        ("compare_exchange AcqRel -> Acquire".to_string(), Need::NotNeeded),
        ("compare_exchange AcqRel -> Release".to_string(), Need::NotNeeded),
        ("compare_exchange AcqRel -> Relaxed".to_string(), Need::NotNeeded),
        ("compare_exchange (failing) Acquire -> Relaxed".to_string(), Need::Needed),
    ];
    assert_eq!(rows(&table), [push.to_vec(), pop.to_vec()].concat());
    assert!(!table.together.is_empty());
}

#[test]
fn every_lock_is_needed_and_so_is_their_order() {
    let table = table(&two_locks::SCENARIO);
    let left_out: Vec<_> = table.rows.iter().filter(|row| row.what.how == How::LeftOut).collect();
    assert_eq!(left_out.len(), 6);
    assert!(left_out.iter().all(|row| row.verdict == Need::Needed));
    let exchanged: Vec<_> =
        table.rows.iter().filter(|r| matches!(r.what.how, How::Exchanged(_))).collect();
    assert_eq!(exchanged.len(), 2);
    assert!(exchanged.iter().all(|row| row.verdict == Need::Needed), "{exchanged:?}");
    assert!(
        exchanged[0].objection.as_ref().unwrap().to_string().contains("deadlock"),
        "{exchanged:?}"
    );
}

#[test]
fn what_does_not_pass_gets_no_table() {
    let table = weaken(&crate::torn_header_broken::SCENARIO, BOTH, &Budget::default());
    assert!(table.refused.unwrap().failure.unwrap().outcome() == Some("OUT_OF_BOUNDS"));
    assert!(table.rows.is_empty());
}

/// One at a time nothing is needed; together something is.
#[test]
fn the_greedy_line_says_what_goes_together() {
    let table = table(&crate::traps::double_flag::SCENARIO);
    assert!(table.rows.iter().all(|row| row.verdict == Need::NotNeeded));
    assert_eq!((table.rows.len(), table.together.len()), (4, 2));
}
