//! What each exercise specifies: every known right answer keeps it, every start falls to it that is
//! wrong in its values, and so do wrong answers that a race of a few calls is too small for.

use racelab::against::{Amounts, Tested, engines};
use racelab::{Engines, Scenario};
use racelab_exercise::against::{self, Specified};
use racelab_exercise::mark::Mark;
use racelab_exercise::pack;

use crate::exercises::compiled;
use crate::explored::on_two_threads;

/// As a student's answer is marked.
fn specified(scenario: &'static Scenario) -> Specified {
    let spec = scenario.specification().expect("a specification");
    against::here(scenario, &engines(&Engines::standard(), spec), &against::limits())
}

fn said(specified: &Specified) -> String {
    let line = |tested: &Tested| racelab::words::against::line(tested);
    let said = specified.iter().flatten().map(|tested| {
        format!("    {} {:.2} s: {}", tested.engine.name, tested.seconds, line(tested))
    });
    said.collect::<Vec<_>>().join("\n")
}

/// Starts whose values are right: what is wrong is what they cost, or their bytes.
const BY_COST: &[&str] = &["copy_on_write", "false_sharing", "reader_contention"];

#[test]
fn what_is_right_keeps_it_and_what_starts_wrong_does_not() {
    let course = pack::builtin().unwrap_or_else(|refused| panic!("{refused}"));
    let all = course.exercises.iter().flat_map(|exercise| {
        let solutions = exercise.solutions().map(move |solution| (exercise.stem(), solution));
        solutions
            .filter(|(_, solution)| solution.mark == Mark::Solved || solution.file == "exercise.rs")
    });
    let wrong = on_two_threads(all, |(stem, solution)| {
        let scenario = compiled::find(&stem, &solution.file).2?;
        let found = specified(scenario);
        let start = solution.file == "exercise.rs" && !BY_COST.contains(&stem.as_str());
        let should = if start { Amounts::Failed } else { Amounts::Passed };
        (against::amounts(&found) != should)
            .then(|| format!("{stem}/{}\n{}", solution.file, said(&found)))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
