//! The instruments themselves: litmus tests, race clocks, weakening, and the traps of each engine.

mod clocks;
mod conduct;
mod limits;
mod litmus;
mod pairs;
mod rounds;
mod said;
mod structures;
mod traps;
mod weakening;

use racelab::Scenario;
use racelab::explore::{Budget, search};
use racelab::report::{Engine, Report};

/// The outcomes that came up, in the order of the table.
fn seen(report: &Report) -> Vec<&str> {
    report.outcomes.iter().filter(|row| row.count > 0).map(|row| row.id.as_str()).collect()
}

fn explore(scenario: &Scenario, engine: Engine) -> Report {
    search::explore(scenario, engine, &Budget::default())
}
