//! `racelab demo`: the whole story of one failure mode, a section at a time.

use std::io::{IsTerminal, Write, stderr, stdin};
use std::time::Duration;

use racelab::demo::{Demo, Role, Version};
use racelab::demos;
use racelab::explore::Budget;
use racelab::explore::native::figures::CostReport;
use racelab::explore::native::sharing;
use racelab::promise::Promise;
use racelab::render::run::Run;
use racelab::render::{json, story};
use racelab::report::Engine;

use super::explorations::{self, Plan};
use super::{Ending, Out, next};
use crate::cli;

/// Tells it.
pub fn run(arguments: &cli::Demo, out: &mut Out) -> anyhow::Result<Ending> {
    let chosen = |demo: &&Demo| arguments.all || Some(demo.name) == arguments.name.as_deref();
    let mut told: Vec<(&Demo, Vec<Run>)> = Vec::new();
    let mut costs: Vec<(&str, CostReport)> = Vec::new();
    for demo in demos::every().filter(chosen) {
        if !out.json && !told.is_empty() {
            out.text("\n\n")?;
        }
        let version = arguments.variant.as_deref().and_then(|name| demo.version(name));
        told.push((demo, tell(demo, version, arguments, &mut costs, out)?));
    }
    if out.json {
        let runs: Vec<(&Demo, &[Run])> =
            told.iter().map(|(demo, runs)| (*demo, runs.as_slice())).collect();
        out.document(&json::with_costs(json::runs("demo", &runs), &costs))?;
    }
    let runs = told.iter().flat_map(|(_, runs)| runs);
    let promises: Vec<&Promise> = runs.map(|run| &run.promise).collect();
    Ok(Ending::of(promises))
}

/// The story of one demo, or of one version of it.
fn tell(
    demo: &'static Demo,
    variant: Option<&'static Version>,
    arguments: &cli::Demo,
    costs: &mut Vec<(&'static str, CostReport)>,
    out: &mut Out,
) -> anyhow::Result<Vec<Run>> {
    let broken = demo.versions.iter().find(|version| version.role == Role::Broken);
    let version = variant.or(broken).unwrap_or(&demo.versions[0]);
    let whole = variant.is_none_or(|version| version.role == Role::Broken);
    section(Some(story::title(demo, version, &out.page)), false, out)?;
    let versions: Vec<&'static Version> = match whole {
        true => demo.versions.iter().collect(),
        false => vec![version],
    };
    let plain = out.page.plain;
    let explore = |versions: &[&'static Version], engines: &[Engine], time: Duration| {
        let budget = |_| Budget { seed: arguments.seed, time, ..Budget::default() };
        let versions = versions.iter().map(|&version| (demo, version)).collect();
        let runs = explorations::run(&Plan { versions, engines, budget: &budget, plain })?;
        anyhow::Ok(runs.into_iter().map(|(_, run)| run).collect::<Vec<_>>())
    };
    let pace = arguments.pace;
    let checkers = [Engine::Reduced, Engine::Loom];
    let checked = explore(&versions, &checkers, Budget::default().time)?;
    if variant.is_none() && broken.is_none() {
        section(Some(story::promises(demo, &checked, &out.page)), pace, out)?;
        section(Some(last(demo, version, true)), false, out)?;
        return Ok(checked);
    }
    let mine: Vec<Run> = story::of(version, &checked).cloned().collect();
    section(Some(story::code(version, &mine, &out.page)), pace, out)?;
    section(Some(story::bytes(demo, version, &out.page)), pace, out)?;
    let real = if arguments.amplify { Engine::Amplified } else { Engine::Native };
    let measured = match demo.cost.filter(|_| whole) {
        // Nothing fails here: it takes time, and every version is measured against the fixed one.
        Some(cost) => {
            let report = sharing::measure(cost, &sharing::Settings::default());
            section(Some(story::cost(&report, &out.page)), pace, out)?;
            costs.push((demo.name, report));
            Vec::new()
        }
        None => explore(&[version], &[real], arguments.time)?,
    };
    section(story::hardware(&measured, &out.page), pace, out)?;
    section(Some(story::checkers(&mine, &out.page)), pace, out)?;
    if whole {
        section(story::near_fixes(demo, &checked, &out.page), pace, out)?;
        section(story::fix(demo, &checked, &out.page), pace, out)?;
    }
    section(Some(last(demo, version, whole)), false, out)?;
    let runs = [measured, checked].concat();
    Ok(runs)
}

/// Shows a section, if there is one and text is wanted, and waits for Enter if that is wanted.
fn section(text: Option<String>, pace: bool, out: &mut Out) -> anyhow::Result<()> {
    let Some(text) = text.filter(|_| !out.json) else { return Ok(()) };
    out.text(&text)?;
    out.flush()?;
    if pace && stdin().is_terminal() {
        write!(stderr(), "\n-- Enter --")?;
        stdin().read_line(&mut String::new())?;
    }
    Ok(())
}

/// What to type next.
fn last(demo: &Demo, version: &Version, whole: bool) -> String {
    let name = demo.name;
    let mut lines = vec![format!("racelab explain {name}")];
    if !whole {
        lines.push(format!("racelab demo {name}"));
    }
    lines.push(format!("racelab layout {name}"));
    lines.push(format!("racelab explore {name} --variant {}", version.name()));
    lines.push(format!("racelab exercise start {name}"));
    let lines = next::existing(&lines);
    format!("\nNext: {}\n", lines.join("\n      "))
}
