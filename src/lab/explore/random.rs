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
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// The next number of the sequence (splitmix64).
    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ x >> 31
    }
}

impl Policy for Random {
    fn begin(&mut self) -> bool {
        true
    }

    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        let skip = self.next() % moment.enabled.count_ones() as u64;
        let mut left = moment.enabled;
        for _ in 0..skip {
            left &= left - 1;
        }
        let thread = left.trailing_zeros() as usize;
        let fails = moment.may_fail >> thread & 1 == 1 && self.next().is_multiple_of(2);
        Some(Choice { thread, fails })
    }
}
