//! The search is right: the same classes and outcomes as plain depth-first search, on programs by
//! hand and at random, and each sabotage of it is noticed.

mod generate;
mod graphs;
mod known;
mod meet;
mod program;
mod random;
mod together;

use std::collections::BTreeSet;
use std::time::Duration;

use super::policy::Reduced;
use super::sabotage::{SABOTAGE, Sabotage};
use crate::explore::bounded::Bounded;
use crate::explore::shuttle::driver::{Exploration, Limits, ShuttleStop};
use crate::rt::allow::Allow;
use crate::rt::context;
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

fn explore(program: &[Vec<Do>], allow: Allow, how: Option<Sabotage>, cap: u64) -> Seen {
    SABOTAGE.set(how);
    program::set(program);
    let search = Exploration::new(Reduced::new(program::OUTCOMES), program::OUTCOMES, limits(cap));
    let found = watched(allow, || search.run(program::race(program.len())));
    SABOTAGE.set(None);
    assert_eq!(found.policy.unfit, None, "{program:?}");
    Seen {
        executions: found.tally.executions,
        redundant: found.policy.redundant,
        classes: found.policy.classes().collect(),
        outcomes: program::seen(),
        complete: found.stop == Some(ShuttleStop::Exhausted) && found.tally.truncated == 0,
    }
}

/// Explores under the race clocks, with what is allowed without a reason.
fn watched<R>(allow: Allow, run: impl FnOnce() -> R) -> R {
    let set = |settings: &mut context::Settings| {
        settings.watching = context::CLOCKS;
        settings.allow = allow;
    };
    context::within(set, run)
}

fn limits(executions: u64) -> Limits {
    let time = Duration::from_secs(600);
    Limits { executions, time, steps: 1_000, first: false, free: false }
}

/// The outcomes of every interleaving, by a search that shares no code with the reduced one: depth
/// first, without a bound. `None` where it needs too many executions.
fn outcomes_by_depth(program: &[Vec<Do>], allow: Allow, cap: u64) -> Option<BTreeSet<Vec<u64>>> {
    program::set(program);
    let search = Exploration::new(Bounded::new(None), program::OUTCOMES, limits(cap));
    let found = watched(allow, || search.run(program::race(program.len())));
    (found.stop == Some(ShuttleStop::Exhausted) && found.tally.truncated == 0).then(program::seen)
}

/// Each thread loads a word and stores to it, so many times.
fn counter(threads: usize, rounds: usize) -> Vec<Vec<Do>> {
    let round = [Do::Load(0), Do::Store(0, 1)];
    vec![round.repeat(rounds); threads]
}

fn reduced(program: &[Vec<Do>]) -> Seen {
    let seen = explore(program, Allow::default(), None, u64::MAX);
    assert!(seen.complete, "{program:?}");
    seen
}

/// Plain depth-first search, or `None` where it needs too many executions.
fn everything(program: &[Vec<Do>], cap: u64) -> Option<Seen> {
    let seen = explore(program, Allow::default(), Some(Sabotage::Everything), cap);
    seen.complete.then_some(seen)
}
