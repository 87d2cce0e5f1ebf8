//! Questions about a load, and at the ends a map.

use racelab::words::{Page, number};
use racelab_bench::report::Report;
use racelab_bench::tree::{Answer, Question, Tree};
use serde_json::json;

use super::{machine, title};
use crate::render::json::{self, Document};

/// The document of `racelab bench --tree --json`.
pub fn document(tree: Option<&Tree>, report: &Report) -> Document {
    json::document("bench-tree", json!({ "tree": tree, "machine": report.machine }))
}

/// The tree in words; why there is none, where there is none.
pub fn text(tree: Option<&Tree>, report: &Report, page: &Page) -> String {
    let text = machine(report, page);
    let Some(tree) = tree else {
        let says = "There is no tree: nothing was measured, or in no state often enough.";
        return text + &page.paragraph("  ", "  ", says);
    };
    let mut text = text + "\n";
    grow(tree, &Indent::default(), page, &mut text);
    let says = "In brackets: its throughput divided by that of the best map, the geometric mean of the \
                cells of the run that lead here, the lowest, and which map is the best there.";
    text + &page.paragraph("\n", "", says)
}

/// What stands before the first line, and before those that follow it.
#[derive(Clone, Default)]
struct Indent {
    first: String,
    rest: String,
}

fn grow(tree: &Tree, indent: &Indent, page: &Page, text: &mut String) {
    let says = match tree {
        Tree::Take(answer) => take(answer),
        Tree::Ask { question, .. } => ask(*question),
    };
    *text += &page.paragraph(&indent.first, &indent.rest, &says);
    if let Tree::Ask { yes, no, .. } = tree {
        let under = |mark: &str, line: &str| Indent {
            first: format!("{}{mark}", indent.rest),
            rest: format!("{}{line}", indent.rest),
        };
        grow(yes, &under("|-- yes: ", "|        "), page, text);
        grow(no, &under("`-- no: ", "        "), page, text);
    }
}

fn ask(question: Question) -> String {
    match question {
        Question::Threads(1) => "Does more than one thread use it?".to_string(),
        Question::Threads(threads) => format!("Do more than {threads} threads use it?"),
        Question::Writes(0.0) => "Is anything written?".to_string(),
        Question::Writes(share) => {
            format!("Are more than {} % of the operations writes?", share * 100.0)
        }
        Question::Keys(keys) => format!("Are there more than {} keys?", number::count(keys as u64)),
        Question::Strings => "Are the keys strings, and not numbers?".to_string(),
        Question::FewKeys => "Are a few keys asked for most of the time?".to_string(),
    }
}

fn take(answer: &Answer) -> String {
    let Answer { take, cells, mean, worst, best_there, there } = answer;
    let cells = number::of(*cells as u64, "cell", "cells");
    if best_there == take {
        return format!("{take} [the best of {cells}]");
    }
    let at = format!("{}, {}", title(there.ground, there.threads), there.mix);
    format!("{take} [{mean:.2} in {cells}; {worst:.2} of {best_there} at {at}]")
}
