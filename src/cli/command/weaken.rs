//! `racelab check --weaken`: what each part of a version that passes is there for.

use std::time::Duration;

use crate::render::{json, weaken};
use racelab::explore::weaken::Weakened;
use racelab::explore::{Engine, Engines};
use racelab::trial::{self, Launch, Weakening};
use racelab_demos::course::{Demo, Expect, Role, Verdicts, Version};

use super::{Ending, Out, check, explorations};
use crate::arguments;

/// For one whole table.
const DEADLINE: Duration = Duration::from_secs(300);

/// Weakens the fixed version of each demo, or the version that is named.
pub fn run(arguments: &arguments::Check, table: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    let mut tables: Vec<(&Demo, &Version, Weakened)> = Vec::new();
    let mut worst = Ending::Promised;
    let chosen = |demo: &&Demo| arguments.all || arguments.names.iter().any(|n| n == demo.name);
    for demo in racelab_demos::every().filter(chosen) {
        for version in demo.versions.iter().filter(|version| wanted(version, arguments)) {
            let race = |(turn, _, verdicts)| {
                (explorations::name(demo, version, turn), engines(table, &verdicts))
            };
            let job = Weakening {
                races: version.races().map(race).collect(),
                budget: check::within(arguments, check::TIME),
            };
            let table = match trial::run_weakening(&job, &Launch::default(), DEADLINE, &|_| {}) {
                Ok(table) => table,
                Err(error) => {
                    // The others have their tables all the same.
                    super::say(format!("{}: no table: {error:#}", job.races[0].0));
                    let kept = Ending::kept_from(&error).unwrap_or(Ending::Inconclusive);
                    worst = worst.max(kept);
                    continue;
                }
            };
            worst = worst.max(ending(&table));
            if !out.json {
                out.text(&weaken::text(demo, version, &table, &out.page))?;
                out.flush()?;
            }
            tables.push((demo, version, table));
        }
    }
    if out.json {
        out.document(&json::weakened(&tables))?;
    }
    Ok(worst)
}

fn wanted(version: &Version, arguments: &arguments::Check) -> bool {
    match &arguments.variant {
        Some(name) => version.name() == *name,
        None => version.role == Role::Fixed,
    }
}

/// The engines that judge a race.
fn engines(table: &Engines, verdicts: &Verdicts) -> Vec<&'static dyn Engine> {
    let judges = |engine: &&'static dyn Engine| {
        let expect = verdicts.of(&engine.facts());
        expect.is_some_and(|expect| !matches!(expect, Expect::Skipped(_)))
    };
    table.by_default().into_iter().filter(judges).collect()
}

/// A version that fails as it is breaks its promise; what is needed breaks none.
fn ending(table: &Weakened) -> Ending {
    match &table.refused {
        None => Ending::Promised,
        Some(report) if report.failure.is_some() => Ending::Broken,
        Some(_) => Ending::Inconclusive,
    }
}
