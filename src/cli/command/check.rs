//! `racelab check`: the verdict of each engine on each version, held against what is declared.

use racelab_demos::course::{Demo, Turn};
use std::time::Duration;

use crate::render::json::{self, Found};
use crate::render::run::{self, Run};
use racelab::explore::{Budget, Engine, Engines, NATIVE};
use racelab::trial::Launch;
use racelab::words::{Ink, Page, number};
use racelab_demos::promise::Promise;

use super::explorations::{self, Plan};
use super::{Ending, Out, merge, weaken};
use crate::arguments;

#[cfg(test)]
mod toy;

/// How long a checker may look at each race.
pub(super) const TIME: Duration = Duration::from_secs(30);
/// How long real threads run for each race.
const TIME_OF_THREADS: Duration = Duration::from_millis(500);

/// What is said in place of a summary where shares were explored.
const SHARES: &str = "Shares of what there is: no verdict. With --json each is a report, and racelab \
                      check --merge puts all of them together.";

/// What is said of a second race.
const TWICE: &str = "each actor twice";

/// Explores and compares.
pub fn run(arguments: &arguments::Check, table: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    if !arguments.merge.is_empty() {
        return merge::run(&arguments.merge, table, out);
    }
    if arguments.weaken {
        return weaken::run(arguments, table, out);
    }
    let demos = explore(arguments, table, &Launch::default(), out.page.plain)?;
    let ending = Ending::of(runs(&demos).map(|run| &run.promise));
    if out.json {
        out.document(&json::runs("check", &demos))?;
        return Ok(ending);
    }
    out.text(&text(&demos, &out.page))?;
    Ok(ending)
}

/// What the engines of the table say of each version that was asked for.
fn explore(
    arguments: &arguments::Check,
    table: &Engines,
    launch: &Launch,
    plain: bool,
) -> anyhow::Result<Vec<Found>> {
    let named = arguments.engine.as_deref().and_then(|name| table.find(name));
    let mut engines = named.map_or_else(|| table.by_default(), |engine| vec![engine]);
    engines.retain(|engine| arguments.partition.is_none() || engine.divides());
    if arguments.native && !engines.contains(&NATIVE) {
        engines.push(NATIVE);
    }
    let chosen = |demo: &&Demo| arguments.all || arguments.names.iter().any(|n| n == demo.name);
    let versions = |demo: &'static Demo| demo.versions.iter().map(move |version| (demo, version));
    let plan = Plan {
        versions: racelab_demos::every().filter(chosen).flat_map(versions).collect(),
        again: true,
        engines: &engines,
        budget: &|engine| budget(arguments, engine),
        plain,
        launch,
    };
    let runs = explorations::run(&plan)?;
    let found = |demo: &'static Demo| {
        let mine = runs.iter().filter(|(of, _)| of.name == demo.name);
        let runs = mine.map(|(_, run)| run.clone()).collect();
        Found { demo, runs, cost: None, curves: Vec::new() }
    };
    Ok(racelab_demos::every().filter(chosen).map(found).collect())
}

fn runs(demos: &[Found]) -> impl Iterator<Item = &Run> {
    demos.iter().flat_map(|found| &found.runs)
}

/// Every run, what the engines are, and how many promises are kept.
pub(super) fn text(demos: &[Found], page: &Page) -> String {
    let tables: String = demos.iter().map(|found| table(found.demo, &found.runs, page)).collect();
    let summary = match runs(demos).any(Run::is_share) {
        true => page.paragraph("", "", SHARES).trim_end().to_string(),
        false => summary(runs(demos).map(|run| &run.promise), page),
    };
    format!("{tables}\n{}\n{summary}\n", run::legend(runs(demos), page))
}

fn budget(arguments: &arguments::Check, engine: &dyn Engine) -> Budget {
    self::within(arguments, if engine.hardware() { TIME_OF_THREADS } else { TIME })
}

/// What was asked for; so much time where nothing was said of it.
pub(super) fn within(arguments: &arguments::Check, time: Duration) -> Budget {
    Budget {
        time: arguments.time.unwrap_or(time),
        preemptions: arguments.bound.map(usize::from),
        seed: arguments.seed,
        partition: arguments.partition,
        ..Budget::default()
    }
}

/// A line for each race and engine; one that is not as declared has a second.
fn table(demo: &Demo, runs: &[Run], page: &Page) -> String {
    let mut text = String::new();
    let (mut version, mut turn) = (String::new(), Turn::First);
    for (index, run) in runs.iter().enumerate() {
        if version != run.version.name() && !page.plain {
            (version, turn) = (run.version.name(), Turn::First);
            let name = format!("{}/{version}", demo.name);
            let title = page.paragraph("", "  ", &format!("{name}: {}", run.version.title));
            text += &title.replacen(&name, &page.paint(Ink::Strong, &name), 1);
        }
        if turn != run.turn && !page.plain {
            turn = run.turn;
            text += &format!("  {TWICE}:\n");
        }
        let (sign, ink) = match &run.promise {
            _ if run.is_share() => ("--", Ink::Notable),
            Promise::Kept => ("ok", Ink::Good),
            Promise::Open(_) => ("??", Ink::Notable),
            Promise::Broken(_) => ("!!", Ink::Bad),
        };
        let differs = run::differs(&run.promise);
        if page.plain {
            let says = match &run.promise {
                _ if run.is_share() => "no verdict alone".to_string(),
                Promise::Kept => "as declared".to_string(),
                Promise::Open(_) => format!("undecided, {}", differs.unwrap_or_default()),
                Promise::Broken(_) => format!("not as declared, {}", differs.unwrap_or_default()),
            };
            let (version, engine) = (run.version.name(), run.by().label());
            let twice = if run.turn == Turn::Again { format!(", {TWICE}") } else { String::new() };
            let verdict = run.verdict();
            let says = format!("{} {version}{twice}, {engine}: {verdict}; {says}.", demo.name);
            text += &page.paragraph("", "  ", &says);
            text += &suspects(runs, index, "  ", page);
            continue;
        }
        let line = run.line(&format!("  {sign}  "), page);
        text += &line.replacen(sign, &page.paint(ink, sign), 1);
        if let Some(why) = differs {
            text += &page.paragraph("      ", "      ", &why);
        }
        text += &suspects(runs, index, "      ", page);
    }
    text
}

/// After the last run of a version: what racelab may be blind to, if the machine contradicts them.
fn suspects(runs: &[Run], index: usize, indent: &str, page: &Page) -> String {
    let name = runs[index].version.name();
    match runs.get(index + 1) {
        Some(next) if next.version.name() == name => String::new(),
        _ => run::contradicted(runs.iter().filter(|run| run.version.name() == name), indent, page),
    }
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
