//! What each exercise specifies: every start falls to it that is wrong in its values. That every known
//! right answer keeps it, and which wrong ones fall to it, `exercises` holds with their marks.

use racelab::against::{Amounts, Tested, engines};
use racelab::{Engines, Scenario};
use racelab_exercise::against::{self, Specified};

use crate::exercises::compiled;
use crate::explored::on_two_threads;

/// As a student's answer is marked.
fn specified(scenario: &'static Scenario) -> Specified {
    let spec = scenario.specification().expect("a specification");
    against::here(scenario, &engines(&Engines::standard(), spec), &against::limits())
}

fn said(specified: &Specified) -> String {
    let line = |tested: &Tested| racelab::words::against::line(tested);
    let said = specified.iter().flatten();
    said.map(|tested| format!("    {}: {}", tested.engine.name, line(tested)))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Starts whose values are right: what is wrong is what they cost, their bytes, or who waits for whom.
const BY_COST: &[&str] = &["copy_on_write", "false_sharing", "reader_contention", "reclamation"];
/// It has one thread.
const ALONE: &[&str] = &["wrong_indirection"];

#[test]
fn each_start_falls_to_it_that_is_wrong_in_its_values() {
    let wrong = on_two_threads(compiled::ALL.iter(), |(stem, _)| {
        let Some(scenario) = compiled::find(stem, "exercise.rs").2 else {
            return (!ALONE.contains(stem)).then(|| format!("{stem} specifies nothing"));
        };
        let found = specified(scenario);
        let right = BY_COST.contains(stem);
        let should = if right { Amounts::Passed } else { Amounts::Failed };
        (against::amounts(&found) != should).then(|| format!("{stem}\n{}", said(&found)))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
