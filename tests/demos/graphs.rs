//! Every race of every version under x86 and C11, against the verdict that the demo declares; and of
//! its graphs those that are sequentially consistent, against the reduced search.

use std::collections::BTreeSet;

use racelab::explore::{Budget, GRAPHS, REDUCED, search};
use racelab::report::{Kind, Model, OutcomeCount, Report, Verdict};
use racelab_demos::course::Expect;

use crate::explored::{Explored, explored};

fn kind(report: &Report) -> Option<Kind> {
    report.failure.as_ref().map(|failure| failure.kind)
}

#[test]
fn every_model_is_as_declared() {
    let mut wrong = Vec::new();
    for of in explored() {
        for model in [Model::X86, Model::C11] {
            let report = of.graphs.under(model).expect("it decides this model");
            let as_declared = match of.verdicts.under(model) {
                Expect::Passes => report.verdict() == Verdict::Passed,
                Expect::Fails(declared) => kind(&report) == Some(declared),
                Expect::Skipped(_) => true,
            };
            if !as_declared {
                let declared = of.verdicts.under(model);
                wrong.push(format!(
                    "{} {:?}: declared {declared:?}, found {report}",
                    of.name(),
                    of.turn
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The outcomes that came up.
fn ends(outcomes: &[OutcomeCount]) -> BTreeSet<&str> {
    outcomes.iter().filter(|row| row.count > 0).map(|row| row.id.as_str()).collect()
}

/// Two searches that share no code beyond the facade end in the same ways. Where there is a race an
/// execution may break off, in another place in each.
#[test]
fn what_is_sequentially_consistent_is_what_interleavings_show() {
    let races = |report: &Report| matches!(kind(report), Some(Kind::DataRace | Kind::UseAfterFree));
    let mut compared = 0;
    for of in explored() {
        let reduced = of.of(REDUCED).expect("it is explored");
        if races(reduced) || races(&of.graphs) || !of.graphs.exhaustive() || !reduced.exhaustive() {
            continue;
        }
        let sc = of.graphs.stricter.iter().find(|stricter| stricter.model == Model::Sc);
        let sc = sc.expect("it is counted");
        assert_eq!(ends(&sc.outcomes), ends(&reduced.outcomes), "{} {:?}", of.name(), of.turn);
        assert_eq!(sc.failing > 0, reduced.failing > 0, "{} {:?}", of.name(), of.turn);
        compared += 1;
    }
    assert!(compared > 150, "{compared}");
}

/// The same exploration twice is the same to the letter, but for its times.
#[test]
fn explorations_repeat_themselves() {
    let told = |report: &Report| {
        let steps = report.failure.as_ref().map(|failure| failure.steps.clone());
        (report.executions, report.failing, report.outcomes.clone(), steps)
    };
    // What was cut by its time ends somewhere else each time.
    let small = |of: &&Explored| of.graphs.executions <= 200 && of.graphs.exhaustive();
    for of in explored().iter().filter(small) {
        let again = search::explore(of.scenario, GRAPHS, &Budget::default());
        assert_eq!(told(&of.graphs), told(&again), "{}", of.name());
    }
}
