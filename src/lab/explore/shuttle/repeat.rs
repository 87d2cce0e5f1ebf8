//! Whether a program repeats itself: the same schedule twice must do the same twice.

use super::driver::{Exploration, Limits};
use super::policy::{Choice, Moment, Performed, Policy};
use super::replay::Replay;
use super::report::limits;
use crate::explore::Budget;
use crate::rt::context;
use crate::rt::op::Op;
use crate::scenario::Scenario;

/// So often one schedule is run: what is kept from one execution to the next may take a few to show.
const RUNS: usize = 6;

/// Runs a scenario some times, each thread as far as it can go, and compares what was performed and
/// how it ended: the first step that differs, from 0; none where there was no time to run it twice,
/// or it is known already.
pub(in crate::explore) fn first_difference(scenario: &Scenario, budget: &Budget) -> Option<usize> {
    if context::with(|context| context.settings().repeats) {
        return None;
    }
    let (once, ended) = performed(scenario, budget)?;
    (1..RUNS).find_map(|_| {
        let (again, end) = performed(scenario, budget)?;
        let same = once.iter().zip(&again).take_while(|(a, b)| a == b).count();
        (same < once.len().max(again.len()) || end != ended).then_some(same)
    })
}

/// Each step of a run, and the counts of the outcomes that it ended in.
type Performance = (Vec<(usize, Op)>, Vec<u64>);

fn performed(scenario: &Scenario, budget: &Budget) -> Option<Performance> {
    let limits = Limits { executions: 1, ..limits(budget) };
    let policy = Listening { replay: Replay::new(Vec::new()), performed: Vec::new() };
    let found =
        Exploration::new(policy, scenario.outcomes(), limits).run(scenario.under("shuttle"));
    let ended = found.tally.counts().to_vec();
    (found.tally.executions > 0).then_some((found.policy.performed, ended))
}

struct Listening {
    replay: Replay,
    performed: Vec<(usize, Op)>,
}

impl Policy for Listening {
    fn begin(&mut self) -> bool {
        self.replay.begin()
    }
    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        self.replay.choose(moment)
    }
    fn performed(&mut self, performed: &Performed) {
        self.performed.push((performed.thread, performed.op));
    }
}
