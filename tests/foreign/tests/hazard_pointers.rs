//! A stack under hazard pointers, from Michael, "Hazard pointers: safe memory reclamation for
//! lock-free objects", IEEE TPDS 15(6), 2004.

use racelab::Budget;
use racelab::report::{Kind, Verdict};

racelab::scenario!(mod right = "../../../book/src/your-own-code/hazard_pointers/right.rs", judged by "hazard_pointers/race.rs");
racelab::scenario!(mod no_recheck = "hazard_pointers/no_recheck.rs", judged by "hazard_pointers/race.rs");
racelab::scenario!(mod no_fence = "hazard_pointers/no_fence.rs", judged by "hazard_pointers/race.rs");
racelab::scenario!(mod moved_on = "hazard_pointers/moved_on.rs", judged by "hazard_pointers/race.rs");

#[test]
fn no_node_is_freed_while_somebody_looks_at_it() {
    racelab::check(&right::SCENARIO);
}

/// Between the load of the top and the hazard, the node was taken and freed.
#[test]
fn without_a_second_look_a_freed_node_is_read() {
    let checked = racelab::explore_both(&no_recheck::SCENARIO, &Budget::default());
    for report in &checked.reports {
        let failure = report.failure.as_ref().expect("a race with the one who frees");
        assert_eq!(failure.kind, Kind::DataRace);
        let ends = ["no_recheck.rs:47", "no_recheck.rs:68"];
        assert!(ends.iter().all(|end| failure.why.to_string().contains(end)), "{}", failure.why);
    }
    let interleaved = checked.failure().expect("a race");
    assert!(interleaved.why.to_string().contains("nodes[1].next"), "{}", interleaved.why);
}

/// Only reordering breaks it: no order of the operations does, and stale reads do.
#[test]
fn without_a_fence_the_second_look_may_be_as_old_as_the_first() {
    let checked = racelab::explore_both(&no_fence::SCENARIO, &Budget::default());
    let [interleaved, graphs, loom] = checked.reports.as_slice() else { panic!("{checked:?}") };
    assert_eq!((&*interleaved.engine.name, interleaved.verdict()), ("reduced", Verdict::Passed));
    assert_eq!(graphs.failure.as_ref().map(|failure| failure.kind), Some(Kind::DataRace));
    assert_eq!(loom.engine.name, "loom");
    let failure = loom.failure.as_ref().expect("a stale read");
    assert_eq!(failure.kind, Kind::DataRace);
    let old = |step: &&racelab::report::Step| step.stale && step.source.contains("self.top.load");
    assert_eq!(failure.steps.iter().filter(old).count(), 2, "both looks at the top are old");
}

/// A hazard that is moved to the next node has to release the last one: a slip in the first version
/// of this very file.
#[test]
fn a_hazard_that_moves_on_releases_the_node_before() {
    let checked = racelab::explore_both(&moved_on::SCENARIO, &Budget::default());
    for report in &checked.reports {
        let failure = report.failure.as_ref().expect("a race with the one who frees");
        assert_eq!(failure.kind, Kind::DataRace);
        let ends = ["moved_on.rs:50", "moved_on.rs:71"];
        assert!(ends.iter().all(|end| failure.why.to_string().contains(end)), "{}", failure.why);
    }
}
