//! Real threads as engines: as the code is, and with yields at random before each operation.

use super::run::{self, Settings};
use crate::explore::Budget;
use crate::explore::engine::Engine;
use crate::explore::tally::count_outcomes;
use crate::race::Grade;
use crate::report::{End, Failure, Kind, Model, Note, OutcomeCount, Report, Stop, Why};
use crate::scenario::Scenario;

/// Real threads on this machine.
pub const NATIVE: &dyn Engine = &NativeEngine { amplified: false };
/// Real threads that yield at random before each operation.
pub const AMPLIFIED: &dyn Engine = &NativeEngine { amplified: true };

struct NativeEngine {
    amplified: bool,
}

impl Engine for NativeEngine {
    fn name(&self) -> &'static str {
        if self.amplified { "amplified" } else { "native" }
    }
    fn models(&self) -> &'static [Model] {
        &[]
    }
    fn runtime(&self) -> &'static str {
        "native"
    }
    fn about(&self) -> &'static str {
        match self.amplified {
            true => "real threads that yield at random before each operation",
            false => "real threads on this machine",
        }
    }
    fn blind_spot(&self) -> &'static str {
        "what this machine did not do just now: another one, or the next run, may show more"
    }
    fn exhaustive(&self) -> bool {
        false
    }
    /// For the whole of the budget's time, or until a batch with a failure is over.
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        let settings = Settings {
            budget: budget.time,
            seed: budget.seed,
            stop_at_failure: first,
            amplified: self.amplified,
            ..Settings::default()
        };
        let copy = scenario.on_threads(self.amplified);
        let found = run::run(copy, &settings);
        let outcomes = count_outcomes(scenario.outcomes(), &found.counts);
        let forbidden = |row: &&OutcomeCount| row.grade == Grade::Forbidden && row.count > 0;
        let worst = outcomes.iter().filter(forbidden).max_by_key(|row| row.count);
        let outcome = |row: &OutcomeCount| Why::Outcome {
            id: row.id.clone(),
            reason: row.reason.clone(),
            judge_read_old: false,
        };
        let failure = match worst {
            Some(row) => Some((Kind::Forbidden, outcome(row))),
            None if found.failing > 0 => {
                let said = found.panic.unwrap_or_default();
                Some((Kind::Panic, Why::Panic { actor: None, said }))
            }
            None => None,
        };
        let actors = scenario.actors().iter().map(|name| name.to_string()).collect();
        let engine: &dyn Engine = self;
        Report {
            executions: found.iterations,
            failing: found.failing,
            failure: failure.map(|(kind, why)| Failure::told(kind, why, actors)),
            outcomes,
            seed: Some(found.seed),
            seconds: found.elapsed.as_secs_f64(),
            first_failure_seconds: found.first_failure.map(|time| time.as_secs_f64()),
            notes: found.notes.into_iter().map(Note::Machine).collect(),
            ..Report::new(engine.facts(), End::Cut(Stop::Time(budget.time.as_secs_f64())))
        }
    }
}
