//! A tree asks what matters, and takes what loses least.

use super::*;
use crate::cell::Cell;
use crate::plan::Plan;
use crate::round::Round;

/// Every cell of the quick plan, in which each map has the rate that `of` says.
fn tree(of: impl Fn(&Setting, Design) -> f64) -> Option<Tree> {
    let mut report = crate::run::begin(Plan::quick());
    for setting in report.plan.settings() {
        let designs = report.plan.designs();
        let rates: Vec<f64> = designs.into_iter().map(|map| of(&setting, map)).collect();
        let reading = (setting.threads > 1).then_some(30.0);
        let round = Round { before: reading, after: reading, rates };
        let maps = report.plan.maps.clone();
        report.cells.push(Cell::of_rounds(setting, maps, vec![round; 10]));
    }
    report.judge();
    grow(&report)
}

fn taken(tree: &Tree) -> &str {
    match tree {
        Tree::Take(answer) => &answer.take,
        Tree::Ask { .. } => "a question",
    }
}

#[test]
fn what_changes_the_answer_is_asked_and_nothing_else() {
    let found = tree(|setting, map| match map {
        Design::Papaya if setting.mix.writes() < 0.05 => 3e6,
        Design::Scc if setting.mix.writes() > 0.05 => 2e6,
        _ => 1e6,
    });
    let Some(Tree::Ask { question, yes, no }) = found else { panic!("{found:?}") };
    assert_eq!(question, Question::Writes(0.01));
    assert_eq!((taken(&yes), taken(&no)), ("scc", "papaya"));
}

#[test]
fn of_equal_maps_the_simplest_is_taken_without_a_question() {
    let found = tree(|_, map| if map == Design::Scc { 1.02e6 } else { 1e6 }).expect("a tree");
    assert_eq!(taken(&found), "one-lock");
}

#[test]
fn what_an_answer_loses_is_said() {
    let found = tree(|setting, map| match map {
        Design::SafeMap => 1e6,
        // A hundredth more in one cell is not worth a question, nor is it hidden.
        Design::Scc if (setting.threads, setting.mix.writes()) == (2, 1.0) => 1.1e6,
        _ => 1e5,
    });
    let Some(Tree::Take(answer)) = found else { panic!("{found:?}") };
    assert_eq!((answer.take.as_str(), answer.cells), ("safe-map", 10));
    assert!((answer.worst - 1.0 / 1.1).abs() < 1e-9 && answer.mean > 0.98, "{answer:?}");
    assert_eq!((answer.best_there.as_str(), answer.there.threads), ("scc", 2));
}

#[test]
fn nothing_measured_has_no_tree() {
    assert_eq!(grow(&crate::run::begin(Plan::quick())), None);
}
