//! `racelab check`: the verdict of each engine on each version, held against what is declared.

use std::time::Duration;

use racelab::demo::Demo;
use racelab::demos;
use racelab::explore::Budget;
use racelab::promise::Promise;
use racelab::render::run::{self, Run};
use racelab::render::{Ink, Page, json, number};
use racelab::report::Engine;

use super::explorations::{self, Plan};
use super::weaken;
use super::{Ending, Out};
use crate::cli;

/// How long real threads run for each version, and a checker at most.
const TIME: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));

/// Explores and compares.
pub fn run(arguments: &cli::Check, out: &mut Out) -> anyhow::Result<Ending> {
    if arguments.weaken {
        return weaken::run(arguments, out);
    }
    let mut engines = match arguments.engine {
        Some(engine) => vec![engine.into()],
        None => vec![Engine::Reduced, Engine::Loom],
    };
    if arguments.native && !engines.contains(&Engine::Native) {
        engines.push(Engine::Native);
    }
    let chosen = |demo: &&Demo| arguments.all || arguments.names.iter().any(|n| n == demo.name);
    let versions = |demo: &'static Demo| demo.versions.iter().map(move |version| (demo, version));
    let plan = Plan {
        versions: demos::every().filter(chosen).flat_map(versions).collect(),
        engines: &engines,
        budget: &|engine| budget(arguments, engine),
        plain: out.page.plain,
    };
    let runs = explorations::run(&plan)?;
    let promises = || runs.iter().map(|(_, run)| &run.promise);
    let demos: Vec<(&Demo, Vec<Run>)> = demos::every()
        .filter(chosen)
        .map(|demo| (demo, runs.iter().filter(|run| run.0.name == demo.name)))
        .map(|(demo, runs)| (demo, runs.map(|(_, run)| run.clone()).collect()))
        .collect();
    if out.json {
        let demos: Vec<(&Demo, &[Run])> =
            demos.iter().map(|(demo, runs)| (*demo, runs.as_slice())).collect();
        out.document(&json::runs("check", &demos))?;
        return Ok(Ending::of(promises()));
    }
    for (demo, runs) in &demos {
        out.text(&table(demo, runs, &out.page))?;
    }
    out.text(&format!("\n{}", run::legend(runs.iter().map(|(_, run)| run), &out.page)))?;
    out.text(&format!("\n{}\n", summary(promises(), &out.page)))?;
    Ok(Ending::of(promises()))
}

pub(super) fn budget(arguments: &cli::Check, engine: Engine) -> Budget {
    let time = match engine {
        Engine::Native | Engine::Amplified => TIME.0,
        _ => TIME.1,
    };
    Budget {
        time: arguments.time.unwrap_or(time),
        preemptions: arguments.bound.map(usize::from),
        seed: arguments.seed,
        ..Budget::default()
    }
}

/// A line for each version and engine; one that is not as declared has a second.
fn table(demo: &Demo, runs: &[Run], page: &Page) -> String {
    let mut text = page.paint(Ink::Strong, demo.name) + "\n";
    let mut version = String::new();
    for run in runs {
        if version != run.version.name() && !page.plain {
            version = run.version.name();
            text += &page.paragraph("  ", "    ", &format!("{version}: {}", run.version.title));
        }
        let (sign, ink) = match &run.promise {
            Promise::Kept => ("ok", Ink::Good),
            Promise::Open(_) => ("??", Ink::Notable),
            Promise::Broken(_) => ("!!", Ink::Bad),
        };
        let before = match page.plain {
            true => format!("{} {}: {sign}, ", demo.name, run.version.name()),
            false => format!("    {sign}  "),
        };
        text += &run.line(&before, page).replacen(sign, &page.paint(ink, sign), 1);
        if let Promise::Open(why) | Promise::Broken(why) = &run.promise {
            text += &page.paragraph("        ", "        ", why);
        }
    }
    text
}

/// How many promises are kept.
fn summary<'a>(promises: impl Iterator<Item = &'a Promise>, page: &Page) -> String {
    let (mut all, mut broken, mut open) = (0, 0, 0);
    for promise in promises {
        all += 1;
        broken += matches!(promise, Promise::Broken(_)) as u64;
        open += matches!(promise, Promise::Open(_)) as u64;
    }
    let verdicts = number::of(all, "verdict", "verdicts");
    match (broken, open) {
        (0, 0) => page.paint(Ink::Good, &format!("{verdicts}, all as declared")),
        (0, _) => page.paint(Ink::Notable, &format!("{verdicts}, {open} ?? undecided")),
        _ => {
            let text = format!("{verdicts}, {broken} !! not as declared, {open} ?? undecided");
            page.paint(Ink::Bad, &text)
        }
    }
}
