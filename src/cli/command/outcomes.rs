//! `racelab outcomes`: every outcome of a version under each memory model, with an execution of it.

use std::time::Duration;

use racelab::explore::dealer::{Way, exact};
use racelab::explore::hand::{Goal, token};
use racelab::explore::token as tokens;
use racelab::explore::{Budget, Engines, NATIVE};
use racelab::report::{Model, Report};
use racelab::trial::{self, Job, Launch};
use racelab::{Meaning, Scenario};

use super::table::{Board, Table};
use super::{Ending, Out, explorations, say};
use crate::render::json;
use crate::render::outcomes::{self as render, Row, Shown};

/// Each engine looks so long at most, and this machine as well.
const LOOK: Duration = Duration::from_secs(10);
const MACHINE: Duration = Duration::from_secs(1);
/// Threads that wait for ever are stopped so much later.
const GRACE: Duration = Duration::from_secs(3);
/// For one outcome alone it is explored once more where all of it took no longer than this.
const QUICK: Duration = Duration::from_secs(1);
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
    let rows = rows(&version, scenario)?;
    if out.json {
        out.document(&json::outcomes(&version, &rows))?;
    } else {
        out.text(&render::text(&version, &rows, &out.page))?;
    }
    Ok(Ending::Promised)
}

fn rows(version: &str, scenario: &'static Scenario) -> anyhow::Result<Vec<Row>> {
    let table = Table::new(Board::Here(scenario), version.to_string(), Model::Sc, ("", None));
    let table = table.map_err(|(says, _)| anyhow::anyhow!(says))?;
    let reports = exact(scenario, &Model::ALL, LOOK);
    // Real threads may wait for each other for ever: in a child, which is stopped then.
    let budget = Budget { time: MACHINE, ..Budget::default() };
    let job = Job { scenario: version.to_string(), engine: NATIVE, budget };
    let native = trial::run(&job, &Launch { grace: GRACE, ..Launch::default() }, &|_| {})?;
    let outcomes = scenario.outcomes().iter();
    let row = |meaning: &Meaning| {
        let by_model = reports.iter().map(|(model, report)| {
            let (executions, complete) = (report.count_of(meaning.id), report.excludes());
            let wanted = executions > 0 || !complete;
            let token = wanted.then(|| shown(&table.under(*model), report, meaning.id)).flatten();
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
    Ok(outcomes.map(row).collect())
}

/// The token of the simplest execution that ends so, by another exploration; where that takes long, of
/// the simplest that chance comes to.
fn shown(table: &Table, report: &Report, id: &str) -> Option<String> {
    let goal = Goal::Outcome(id.to_string());
    let quick = report.exhaustive() && report.seconds < QUICK.as_secs_f64();
    let by_chance = || table.find(&[], &goal, TRIES);
    let way = match (!quick).then(by_chance).flatten() {
        Some(moves) => Way::Moves(moves),
        None => table.look(Some(&goal), QUICK).ok()?.way,
    };
    match way {
        Way::Moves(moves) => {
            let position = table.position(&moves).ok()?;
            Some(token::written(&table.head, &moves, &position))
        }
        Way::Shown(shown, by) => {
            let by = Engines::standard().find(&by)?;
            tokens::of(&table.head.version, by, &shown)
        }
        Way::Never(_) | Way::Unknown => None,
    }
}
