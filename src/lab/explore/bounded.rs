//! Every interleaving with at most so many preemptions, fewest first (iterative context bounding,
//! as CHESS does it).

use std::time::Instant;

use super::Budget;
use super::engine::Engine;
use super::shuttle::driver::{Exploration, Limits, ShuttleStop};
use super::shuttle::policy::{Choice, Moment, Performed, Policy, Threads};
use super::shuttle::report::{self, BLIND_SPOT, STACK, counted, limits, watching};
use crate::report::{Failure, Model, Report};
use crate::rt::allow::Allow;
use crate::rt::context;
use crate::rt::op::Kind;
use crate::scenario::Scenario;

/// How many preemptions are tried, fewest first, where nobody says how many.
const MAX_PREEMPTIONS: usize = 3;

/// Every interleaving with few preemptions.
pub const BOUNDED: &dyn Engine = &BoundedEngine;

struct BoundedEngine;

impl Engine for BoundedEngine {
    fn name(&self) -> &'static str {
        "bounded"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::Sc]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "every interleaving with few preemptions, under sequential consistency (SC)"
    }
    fn blind_spot(&self) -> &'static str {
        BLIND_SPOT
    }
    fn exhaustive(&self) -> bool {
        true
    }
    fn stack(&self) -> Option<u32> {
        Some(STACK)
    }
    fn bounds_preemptions(&self) -> bool {
        true
    }
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        context::within(watching(Allow::ALL), || with_more_and_more(scenario, budget, first))
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        report::replay(scenario, budget, shown)
    }
}

/// With 0, 1, 2, ... preemptions, until an interleaving fails or all were seen.
fn with_more_and_more(scenario: &Scenario, budget: &Budget, first: bool) -> Report {
    let deadline = Instant::now() + budget.time;
    let last = budget.preemptions.unwrap_or(MAX_PREEMPTIONS);
    let mut bound = 0;
    loop {
        let time = deadline.saturating_duration_since(Instant::now());
        let limits = Limits { time, first, ..limits(budget) };
        let search = || Exploration::new(Bounded::new(Some(bound)), scenario.outcomes(), limits);
        let found = counted(|| search().run(scenario.under("shuttle")));
        let complete = found.stop == Some(ShuttleStop::Exhausted);
        if found.tally.failing > 0 || !complete || bound == last {
            let mut report = report::report(BOUNDED, scenario, budget, found, None);
            report.bounds.preemptions = Some(bound);
            return report;
        }
        bound += 1;
    }
}

struct Level {
    /// The threads still to be tried here, this execution's choice among them no longer.
    left: Threads,
    choice: usize,
    preempts: bool,
    /// The choice's operation succeeded, and is to be tried failing without a reason.
    to_fail: bool,
    fails: bool,
}

/// Depth-first search under a preemption bound.
pub(crate) struct Bounded {
    /// Switches away from a thread that could have gone on; `None` for no bound.
    bound: Option<usize>,
    levels: Vec<Level>,
    depth: usize,
    preemptions: usize,
    started: bool,
    /// The operation being performed may fail without a reason.
    may_fail: bool,
}

impl Bounded {
    pub(crate) fn new(bound: Option<usize>) -> Bounded {
        Bounded {
            bound,
            levels: Vec::new(),
            depth: 0,
            preemptions: 0,
            started: false,
            may_fail: false,
        }
    }
}

impl Policy for Bounded {
    fn begin(&mut self) -> bool {
        if self.started {
            while self.levels.last().is_some_and(|level| level.left == 0 && !level.to_fail) {
                self.levels.pop();
            }
            let Some(level) = self.levels.last_mut() else { return false };
            level.fails = std::mem::take(&mut level.to_fail);
            if !level.fails {
                level.choice = level.left.trailing_zeros() as usize;
                level.left &= !(1 << level.choice);
            }
            // The first choice at each level was the thread that went on: this is another.
        }
        self.started = true;
        self.depth = 0;
        self.preemptions = 0;
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let going_on = moment.last.filter(|&last| moment.enabled >> last & 1 == 1);
        let (choice, fails) = match self.levels.get(self.depth) {
            Some(level) => (level.choice, level.fails),
            None => {
                let choice = going_on.unwrap_or(moment.enabled.trailing_zeros() as usize);
                let spent = self.bound.is_some_and(|bound| self.preemptions >= bound);
                let others = moment.enabled & !(1 << choice);
                let left = if going_on.is_some() && spent { 0 } else { others };
                let preempts = going_on.is_some();
                self.levels.push(Level { left, choice, preempts, to_fail: false, fails: false });
                (choice, false)
            }
        };
        if self.levels[self.depth].preempts && going_on != Some(choice) {
            self.preemptions += 1;
        }
        self.may_fail = moment.may_fail >> choice & 1 == 1;
        self.depth += 1;
        Some(Choice { thread: choice, fails })
    }

    fn performed(&mut self, performed: &Performed) {
        // The last level is new, or its choice is: what succeeds there may fail as well.
        if self.depth == self.levels.len()
            && self.may_fail
            && performed.op.kind != Kind::Load
            && let Some(level) = self.levels.last_mut()
        {
            level.to_fail = !level.fails;
        }
    }
}
