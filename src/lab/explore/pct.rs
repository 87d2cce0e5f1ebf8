//! Random priorities that change at few random places (probabilistic concurrency testing, Burckhardt
//! and others, ASPLOS 2010).

use shuttle::scheduler::{PctScheduler, Scheduler, Task, TaskId};

use super::Budget;
use super::engine::Engine;
use super::random::Random;
use super::shuttle::policy::{Choice, Moment, Policy};
use super::shuttle::report::{self, BLIND_SPOT, STACK};
use crate::report::{Failure, Model, Report};
use crate::scenario::Scenario;

/// So many changes of priority find a failure that takes so many orders of operations.
const DEPTH: usize = 3;

/// Schedules with few changes of priority at random places.
pub const PCT: &dyn Engine = &PctEngine;

struct PctEngine;

impl Engine for PctEngine {
    fn name(&self) -> &'static str {
        "pct"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::Sc]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "schedules with few, random changes of priority, under sequential consistency (SC)"
    }
    fn blind_spot(&self) -> &'static str {
        BLIND_SPOT
    }
    fn exhaustive(&self) -> bool {
        false
    }
    fn stack(&self) -> Option<u32> {
        Some(STACK)
    }
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        report::by_chance(self, scenario, budget, first, || Pct::new(budget.seed, DEPTH))
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        report::replay(scenario, budget, shown)
    }
}

/// shuttle's own scheduler.
pub(crate) struct Pct(PctScheduler, Random, Begun);

/// Whether an execution was begun, and several threads could move in it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begun {
    No,
    Alone,
    Together,
}

impl Pct {
    /// `depth - 1` changes of priority.
    pub(crate) fn new(seed: u64, depth: usize) -> Pct {
        Pct(PctScheduler::new_from_seed(seed, depth, usize::MAX), Random::new(seed), Begun::No)
    }
}

impl Policy for Pct {
    fn begin(&mut self) -> bool {
        // shuttle's takes a program in which nobody can ever be chosen for a mistake.
        let again = std::mem::replace(&mut self.2, Begun::Alone);
        again != Begun::Alone && self.0.new_execution().is_some()
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let able = |task: &&&Task| moment.enabled >> usize::from(task.id()) & 1 == 1;
        let tasks: Vec<&Task> = moment.tasks.iter().filter(able).copied().collect();
        if tasks.len() > 1 {
            self.2 = Begun::Together;
        }
        let thread = self.0.next_task(&tasks, moment.last.map(TaskId::from), false)?.into();
        let fails = moment.may_fail >> thread & 1 == 1 && self.1.coin();
        Some(Choice { thread, fails })
    }
}
