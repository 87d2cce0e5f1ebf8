//! The instruments themselves: litmus tests, race clocks, weakening, the traps of each engine, what
//! is said and shown of it, the course in small, the facade beside std, and real threads.

mod clocks;
mod conduct;
mod costs;
mod door;
mod kept;
mod limits;
mod litmus;
mod native;
mod pairs;
mod parity;
mod published;
mod reports;
mod rounds;
mod said;
mod second;
mod shared;
mod shown;
mod sound;
mod std_items;
mod streamed;
mod structures;
mod syllabus;
mod traps;
mod unwinding;
mod verdicts;
mod weakening;

use racelab::Scenario;
use racelab::explore::Engine;
use racelab::explore::{Budget, search};
use racelab::report::Report;

// Two versions of the course: what the course says of itself is tested with it.
racelab::scenario!(
    mod torn_header_broken = "../../demos/torn_header/broken.rs",
    judged by "../../demos/torn_header/race.rs"
);
racelab::scenario!(
    mod torn_header_fixed = "../../demos/torn_header/fixed.rs",
    judged by "../../demos/torn_header/race.rs"
);

/// The outcomes that came up, in the order of the table.
fn seen(report: &Report) -> Vec<&str> {
    report.outcomes.iter().filter(|row| row.count > 0).map(|row| row.id.as_str()).collect()
}

fn explore(scenario: &Scenario, engine: &'static dyn Engine) -> Report {
    search::explore(scenario, engine, &Budget::default())
}
