//! Execution graphs by chance, for programs that are too large to finish.

use super::policy::Graphs;
use super::row::{self, YIELDS};
use crate::explore::Budget;
use crate::explore::engine::{Engine, Program, Trap};
use crate::explore::shuttle::driver::{Exploration, Limits};
use crate::explore::shuttle::report::{STACK, counted, limits, watching};
use crate::report::{Failure, Kind, Model, Report};
use crate::rt::allow::Allow;
use crate::rt::context;
use crate::scenario::Scenario;

use super::show;

/// Execution graphs by chance.
pub const RANDOM_GRAPHS: &dyn Engine = &RandomGraphs;

struct RandomGraphs;

impl Engine for RandomGraphs {
    fn name(&self) -> &'static str {
        "random-graphs"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::X86, Model::C11]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "random execution graphs of those that C11 allows (RC11), and which of them x86 shows"
    }
    fn blind_spot(&self) -> &'static str {
        "load buffering (a load that is overtaken by a later store)"
    }
    fn exhaustive(&self) -> bool {
        false
    }
    fn stack(&self) -> Option<u32> {
        Some(STACK)
    }
    fn traps(&self, program: &Program<'_>) -> Vec<Trap> {
        row::traps(program)
    }
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        let allow = Allow { yields: YIELDS, writers_first: false, ..Allow::ALL };
        context::within(watching(allow), || {
            let limits = Limits { first, ..limits(budget) };
            let table = scenario.outcomes();
            let found = counted(|| {
                let graphs = Graphs::by_chance(budget.seed, table);
                Exploration::new(graphs, table, limits).run(scenario.under("shuttle"))
            });
            let report = row::report(RANDOM_GRAPHS, scenario, budget, found);
            Report { seed: Some(budget.seed), distinct: None, ..report }
        })
    }
    fn token(&self, shown: &Failure) -> Option<String> {
        show::token(shown)
    }
    fn of_token(&self, kind: Kind, text: &str) -> Option<Failure> {
        show::of_token(kind, text)
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        context::within(watching(Allow::default()), || show::again(scenario, budget, shown))
    }
}
