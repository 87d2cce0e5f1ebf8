//! A decision tree from a run: questions about a load, and at each end a map and what it costs to take
//! it where another is faster.

use serde::{Deserialize, Serialize};

use crate::advise::{SIMPLEST, rows};
use crate::draw::Spread;
use crate::maps::Design;
use crate::plan::{KeyType, Setting};
use crate::report::Report;

/// Questions, and answers at the ends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tree {
    /// Take this.
    Take(Answer),
    /// It depends.
    Ask {
        /// On what.
        question: Question,
        /// If so.
        yes: Box<Tree>,
        /// If not.
        no: Box<Tree>,
    },
}

/// What can be asked of a load.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Question {
    /// Are there more threads than so many?
    Threads(usize),
    /// Is a larger share of the operations writes, from 0 to 1?
    Writes(f64),
    /// Are there more keys?
    Keys(usize),
    /// Are the keys strings?
    Strings,
    /// Are a few keys asked for most of the time?
    FewKeys,
}

/// A map for some loads.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Which.
    pub take: String,
    /// How many cells of the run it was judged by.
    pub cells: usize,
    /// Its throughput divided by that of the best map of the cell: the geometric mean.
    pub mean: f64,
    /// The same where it is lowest.
    pub worst: f64,
    /// Which map is the best there.
    pub best_there: String,
    /// Where that is.
    pub there: Setting,
}

/// Questions on the way to an answer, at most.
const DEPTH: usize = 4;
/// A question is asked if it gains so much of the throughput, in the mean of the cells.
const WORTH: f64 = 0.03;
/// Maps whose means lie so near are equally good: then the simplest is taken.
const NEAR: f64 = 0.03;
/// What a map is taken to reach of the best where one of its writes takes longer than a block.
const SLOW: f64 = 0.001;

/// One cell: what each map of [`SIMPLEST`] reaches of the best, as a logarithm.
struct Case {
    setting: Setting,
    best: Design,
    reached: Vec<f64>,
}

/// The tree of what the run has measured so far; `None` if that is nothing.
pub fn grow(report: &Report) -> Option<Tree> {
    let cases: Vec<Case> = report.cells.iter().filter_map(case).collect();
    let cases: Vec<&Case> = cases.iter().collect();
    (!cases.is_empty()).then(|| branch(&cases, DEPTH))
}

fn case(cell: &crate::cell::Cell) -> Option<Case> {
    let rows = rows(cell)?;
    let ratio = |design: &Design| {
        let row = rows.iter().find(|row| row.map == design.name());
        row.map(|row| row.ratio.median)
    };
    let (best, most) = SIMPLEST
        .iter()
        .filter_map(|design| Some((*design, ratio(design)?)))
        .max_by(|a, b| a.1.total_cmp(&b.1))?;
    let reached = |design: &Design| (ratio(design).unwrap_or(0.0) / most).max(SLOW).ln();
    Some(Case { setting: cell.setting, best, reached: SIMPLEST.iter().map(reached).collect() })
}

fn branch(cases: &[&Case], depth: usize) -> Tree {
    let (answer, loss) = answer(cases);
    if depth > 0
        && let Some((question, left)) = best_question(cases)
        && (loss - left) / cases.len() as f64 >= WORTH
    {
        let (yes, no) = split(cases, question);
        let [yes, no] = [yes, no].map(|part| Box::new(branch(&part, depth - 1)));
        return Tree::Ask { question, yes, no };
    }
    Tree::Take(answer)
}

/// The map for these cells, and the sum of what is lost by taking it.
fn answer(cases: &[&Case]) -> (Answer, f64) {
    let mean =
        |map: usize| cases.iter().map(|case| case.reached[map]).sum::<f64>() / cases.len() as f64;
    let means: Vec<f64> = (0..SIMPLEST.len()).map(mean).collect();
    let most = means.iter().copied().fold(f64::MIN, f64::max);
    let taken = means.iter().position(|mean| *mean >= most - NEAR).unwrap_or(0);
    let worst = cases.iter().copied().min_by(|a, b| a.reached[taken].total_cmp(&b.reached[taken]));
    let worst = worst.expect("a branch has cells");
    let answer = Answer {
        take: SIMPLEST[taken].name().to_string(),
        cells: cases.len(),
        mean: means[taken].exp(),
        worst: worst.reached[taken].exp(),
        best_there: worst.best.name().to_string(),
        there: worst.setting,
    };
    (answer, -means[taken] * cases.len() as f64)
}

/// The question after which the least is lost, and how much that is.
fn best_question(cases: &[&Case]) -> Option<(Question, f64)> {
    let lost = |question: Question| {
        let (yes, no) = split(cases, question);
        let both = !yes.is_empty() && !no.is_empty();
        both.then(|| (question, answer(&yes).1 + answer(&no).1))
    };
    let at = |of: fn(&Setting) -> Question| cases.iter().map(move |case| of(&case.setting));
    at(|setting| Question::Threads(setting.threads))
        .chain(at(|setting| Question::Writes(setting.mix.writes())))
        .chain(at(|setting| Question::Keys(setting.ground.keys)))
        .chain([Question::Strings, Question::FewKeys])
        .filter_map(lost)
        .min_by(|a, b| a.1.total_cmp(&b.1))
}

fn split<'c>(cases: &[&'c Case], question: Question) -> (Vec<&'c Case>, Vec<&'c Case>) {
    cases.iter().partition(|case| question.is_met(&case.setting))
}

impl Question {
    fn is_met(self, setting: &Setting) -> bool {
        match self {
            Question::Threads(threads) => setting.threads > threads,
            Question::Writes(share) => setting.mix.writes() > share,
            Question::Keys(keys) => setting.ground.keys > keys,
            Question::Strings => setting.ground.key == KeyType::String,
            Question::FewKeys => setting.ground.spread == Spread::Zipf,
        }
    }
}

#[cfg(test)]
mod tests;
