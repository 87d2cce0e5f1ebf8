//! The instruments themselves: litmus tests, race clocks, weakening, the traps of each engine, and
//! what is said and shown of it.

mod clocks;
mod conduct;
mod limits;
mod litmus;
mod pairs;
mod rounds;
mod said;
mod shared;
mod shown;
mod sound;
mod std_items;
mod structures;
mod traps;
mod verdicts;
mod weakening;

use racelab::Scenario;
use racelab::explore::Engine;
use racelab::explore::{Budget, search};
use racelab::report::Report;

/// The outcomes that came up, in the order of the table.
fn seen(report: &Report) -> Vec<&str> {
    report.outcomes.iter().filter(|row| row.count > 0).map(|row| row.id.as_str()).collect()
}

fn explore(scenario: &Scenario, engine: &'static dyn Engine) -> Report {
    search::explore(scenario, engine, &Budget::default())
}
