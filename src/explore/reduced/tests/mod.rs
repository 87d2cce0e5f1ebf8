//! The search is right: the same classes and outcomes as plain depth-first search, on programs by
//! hand and at random, and each sabotage of it is noticed.

mod generate;
mod known;
mod program;
mod random;
mod together;

use std::collections::BTreeSet;
use std::time::Duration;

use super::policy::Reduced;
use super::sabotage::{SABOTAGE, Sabotage};
use crate::explore::shuttle::driver::{Exploration, Limits, Stop};
use program::Do;

/// What one exploration of a program saw.
#[derive(Debug)]
struct Seen {
    executions: u64,
    redundant: u64,
    classes: BTreeSet<(u64, bool)>,
    outcomes: BTreeSet<Vec<u64>>,
    complete: bool,
}

fn explore(program: &[Vec<Do>], how: Option<Sabotage>, cap: u64) -> Seen {
    SABOTAGE.set(how);
    program::set(program);
    let found = Exploration::new(Reduced::new(program::OUTCOMES), program::OUTCOMES, limits(cap))
        .run(program::execution(program.len()));
    SABOTAGE.set(None);
    assert_eq!(found.policy.unfit, None, "{program:?}");
    Seen {
        executions: found.tally.executions,
        redundant: found.policy.redundant,
        classes: found.policy.classes().collect(),
        outcomes: program::seen(),
        complete: found.stop == Some(Stop::Exhausted) && found.tally.truncated == 0,
    }
}

fn limits(executions: u64) -> Limits {
    Limits { executions, time: Duration::from_secs(600), steps: 1_000, first: false }
}

/// Each thread loads a word and stores to it, so many times.
fn counter(threads: usize, rounds: usize) -> Vec<Vec<Do>> {
    let round = [Do::Load(0), Do::Store(0, 1)];
    vec![round.repeat(rounds); threads]
}

fn reduced(program: &[Vec<Do>]) -> Seen {
    let seen = explore(program, None, u64::MAX);
    assert!(seen.complete, "{program:?}");
    seen
}

/// Plain depth-first search, or `None` where it needs too many executions.
fn everything(program: &[Vec<Do>], cap: u64) -> Option<Seen> {
    let seen = explore(program, Some(Sabotage::Everything), cap);
    seen.complete.then_some(seen)
}
