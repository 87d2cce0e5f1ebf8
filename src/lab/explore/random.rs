//! Random schedules: each choice by chance, among the threads that can move.

use super::Budget;
use super::engine::Engine;
use super::shuttle::policy::{Choice, Moment, Policy};
use super::shuttle::report::{self, BLIND_SPOT, STACK};
use crate::report::{Failure, Model, Report};
use crate::scenario::Scenario;

/// The engine of random schedules: each choice is made by chance alone.
pub const RANDOM: &dyn Engine = &RandomEngine;

struct RandomEngine;

impl Engine for RandomEngine {
    fn name(&self) -> &'static str {
        "random"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::Sc]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "random schedules, under sequential consistency (SC)"
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
        report::by_chance(self, scenario, budget, first, || Random::new(budget.seed))
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        report::replay(scenario, budget, shown)
    }
}

/// Each choice at random.
pub(crate) struct Random(fastrand::Rng);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(fastrand::Rng::with_seed(seed))
    }

    /// True half of the time.
    pub(super) fn coin(&mut self) -> bool {
        self.0.bool()
    }
}

impl Policy for Random {
    fn begin(&mut self) -> bool {
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let skip = self.0.u32(..moment.enabled.count_ones());
        let mut left = moment.enabled;
        for _ in 0..skip {
            left &= left - 1;
        }
        let thread = left.trailing_zeros() as usize;
        let fails = moment.may_fail >> thread & 1 == 1 && self.coin();
        Some(Choice { thread, fails })
    }
}
