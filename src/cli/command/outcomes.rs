//! `racelab outcomes`: every outcome of a version under each memory model, with an execution of it.

use std::time::Duration;

use racelab::explore::hand::{Goal, Hand, token};
use racelab::explore::{Budget, NATIVE, search};
use racelab::report::Model;
use racelab::{Meaning, Scenario};

use super::{Ending, Out, explorations, say};
use crate::render::json;
use crate::render::outcomes::{self as render, Row, Shown};

/// Each engine looks so long at most, and this machine as well.
const LOOK: Duration = Duration::from_secs(10);
const MACHINE: Duration = Duration::from_secs(1);
/// So many executions by chance are tried for one that can be shown.
const TRIES: u64 = 300;

/// Explores a version under each model, and says how each of its outcomes can come about.
pub fn run(name: &str, variant: Option<&str>, out: &mut Out) -> anyhow::Result<Ending> {
    let version = match super::explore::version(name, variant) {
        Ok(version) => version,
        Err(says) => {
            say(says);
            return Ok(Ending::Usage);
        }
    };
    let Some(scenario) = explorations::find(&version) else {
        say(format!("no version is called {version}: see racelab list"));
        return Ok(Ending::Usage);
    };
    if let Some(says) = explorations::no_schedule(&version) {
        say(says);
        return Ok(Ending::Usage);
    }
    let rows = rows(&version, scenario);
    if out.json {
        out.document(&json::outcomes(&version, &rows))?;
    } else {
        out.text(&render::text(&version, &rows, &out.page))?;
    }
    Ok(Ending::Promised)
}

fn rows(version: &str, scenario: &'static Scenario) -> Vec<Row> {
    let reports = explorations::exact(scenario, &Model::ALL, LOOK);
    let native = search::explore(scenario, NATIVE, &Budget { time: MACHINE, ..Budget::default() });
    let outcomes = scenario.outcomes().iter();
    let row = |meaning: &Meaning| {
        let by_model = reports.iter().map(|(model, report)| {
            let (executions, complete) = (report.count_of(meaning.id), report.excludes());
            let wanted = executions > 0 || !complete;
            let token = wanted.then(|| shown(version, scenario, *model, meaning.id)).flatten();
            Shown { model: model.name(), executions, complete, token }
        });
        let machine = native.outcomes.iter().find(|outcome| outcome.id == meaning.id);
        Row {
            id: meaning.id.to_string(),
            grade: meaning.grade,
            reason: meaning.reason.to_string(),
            by_model: by_model.collect(),
            machine: machine.map(|outcome| (outcome.count, native.executions)),
        }
    };
    outcomes.map(row).collect()
}

/// The token of the simplest execution that chance comes to.
fn shown(version: &str, scenario: &Scenario, model: Model, id: &str) -> Option<String> {
    let hand = Hand::new(scenario, model);
    let moves = hand.find(&[], &Goal::Outcome(id.to_string()), TRIES)?;
    let position = hand.position(&moves).ok()?;
    Some(token::written(version, &hand, &moves, &position))
}
