//! Throughput, one table for each state of the machine: a row for each map, a column for each mix.

use racelab::words::{Ink, Page, number};
use racelab_bench::cell::{Cell, Table};
use racelab_bench::interval::Interval;
use racelab_bench::report::Report;
use racelab_bench::states::State;

use super::{rate, time};

/// Columns of a map's name, and of a figure.
const NAME: usize = 13;
const FIGURE: usize = 13;

/// The tables of the cells of one filling and number of threads.
pub(super) fn text(report: &Report, cells: &[&Cell], page: &Page) -> String {
    let mut states: Vec<Option<State>> = vec![None];
    states.extend(report.states.iter().map(|state| Some(*state)));
    let mut text = String::new();
    for state in states {
        let here = |cell: &&Cell| cell.tables.iter().any(|table| table.state == state);
        let some: Vec<&Cell> = cells.iter().copied().filter(here).collect();
        if some.is_empty() {
            continue;
        }
        if let Some(state) = state {
            let says = format!("where a store takes {:.0} ns to the other CPU", state.median);
            text += &page.paragraph("  ", "  ", &says);
        }
        text += &match page.plain || page.width < NAME + 2 + FIGURE {
            true => sentences(report, &some, state, page),
            false => table(report, &some, state, page),
        };
    }
    text + &dropped(cells, page) + &collected(cells, page)
}

fn of(cell: &Cell, state: Option<State>) -> Option<&Table> {
    cell.tables.iter().find(|table| table.state == state)
}

fn table(report: &Report, cells: &[&Cell], state: Option<State>, page: &Page) -> String {
    let across = ((page.width - NAME - 2) / FIGURE).max(1);
    let mut text = String::new();
    for cells in cells.chunks(across) {
        let line = |name: &str, figures: Vec<String>| {
            let figures: String =
                figures.iter().map(|figure| format!("{figure:>FIGURE$}")).collect();
            format!("  {name:<NAME$}{figures}\n")
        };
        let mixes = cells.iter().map(|cell| cell.setting.mix.to_string()).collect();
        text += &page.paint(Ink::Faint, line("reads/writes", mixes).trim_end());
        text += "\n";
        for (index, map) in report.names().into_iter().enumerate() {
            let figure = |cell: &&Cell| figure(cell, state, map, index == 0);
            text += &line(map, cells.iter().map(figure).collect());
        }
        let against = |cell: &&Cell| {
            let against = of(cell, state)?.against.as_ref()?;
            Some((against.peer.clone(), ratio(&against.ratio)))
        };
        let against: Vec<_> = cells.iter().map(against).collect();
        if against.iter().any(Option::is_some) {
            let first = report.plan.maps.first().map_or("", String::as_str);
            let part = |which: fn((String, String)) -> String| {
                against.iter().map(|one| one.clone().map_or("-".to_string(), which)).collect()
            };
            text += &line("best peer", part(|one| one.0));
            let figures = line(&format!("{first}/best"), part(|one| one.1));
            text += &format!("{}\n", page.paint(Ink::Strong, figures.trim_end()));
        }
        let rounds = |cell: &&Cell| of(cell, state).map_or(0, |table| table.rounds).to_string();
        let rounds = line("rounds", cells.iter().map(rounds).collect());
        text += &format!("{}\n", page.paint(Ink::Faint, rounds.trim_end()));
    }
    text
}

fn figure(cell: &Cell, state: Option<State>, map: &str, first: bool) -> String {
    if let Some(slow) = cell.slow.iter().find(|slow| slow.map == map) {
        return format!("{} each", time(slow.write_seconds * 1e9));
    }
    let row = of(cell, state).and_then(|table| table.rows.iter().find(|row| row.map == map));
    match row {
        None => "-".to_string(),
        Some(row) if first => rate(row.rate.median),
        Some(row) => ratio(&row.ratio),
    }
}

/// The median, and how far the farther end of its interval is: `1.20 +-.03`.
fn ratio(of: &Interval) -> String {
    let apart = (of.high - of.median).max(of.median - of.low);
    let digits = |value: f64| match value {
        v if v < 9.995 => format!("{v:.2}"),
        v if v < 999.5 => format!("{v:.0}"),
        _ => "999".to_string(),
    };
    let apart = digits(apart);
    let apart = apart.strip_prefix("0.").map_or(apart.clone(), |places| format!(".{places}"));
    format!("{} +-{apart}", digits(of.median))
}

fn sentences(report: &Report, cells: &[&Cell], state: Option<State>, page: &Page) -> String {
    let mut text = String::new();
    for cell in cells {
        let Some(table) = of(cell, state) else { continue };
        let each = report
            .names()
            .into_iter()
            .enumerate()
            .map(|(index, map)| format!("{map} {}", figure(cell, state, map, index == 0)));
        let says = format!("{}: {}", cell.setting.mix, each.collect::<Vec<_>>().join(", "));
        text += &page.paragraph("  ", "    ", &says);
        if let Some(against) = &table.against {
            let first = report.plan.maps.first().map_or("", String::as_str);
            let says = format!(
                "{first} against the best peer, {}: {}, of {} rounds",
                against.peer,
                ratio(&against.ratio),
                table.rounds
            );
            text += &page.paragraph("    ", "    ", &says);
        }
    }
    text
}

/// What the collectors of garbage did meanwhile.
fn collected(cells: &[&Cell], page: &Page) -> String {
    let mut text = String::new();
    for cell in cells {
        for of in cell.collected.iter().filter(|of| of.collections > 0) {
            let says = format!(
                "{} at {}: garbage was collected {}, which stopped everything for {} in all, and in \
                 one block for {} at most.",
                of.map,
                cell.setting.mix,
                number::of(of.collections, "time", "times"),
                time(of.pause_ns as f64),
                time(of.longest_ns as f64)
            );
            text += &page.paragraph("  ", "    ", &says);
        }
    }
    text
}

/// The rounds that count nowhere.
fn dropped(cells: &[&Cell], page: &Page) -> String {
    let sum = |of: fn(&Cell) -> usize| cells.iter().map(|cell| of(cell)).sum::<usize>() as u64;
    let all = sum(|cell| cell.rounds.len());
    let in_tables = sum(|cell| cell.tables.iter().map(|table| table.rounds).sum());
    let (interrupted, changed) = (sum(|cell| cell.interrupted), sum(|cell| cell.changed));
    let unread = sum(|cell| cell.unread);
    let few = all - in_tables - interrupted - changed - unread;
    let mut parts = Vec::new();
    let mut part = |count: u64, why: &str| {
        if count > 0 {
            parts.push(format!("{} {why}", number::count(count)));
        }
    };
    part(unread, "began or ended while other work had a CPU, so nothing tells their state");
    part(interrupted, "were interrupted");
    part(changed, "saw the machine change its state");
    part(few, "are too few of their state for a table, which takes six");
    if parts.is_empty() {
        return String::new();
    }
    let rounds = number::of(all, "round", "rounds");
    let mut text = page.paragraph("  ", "  ", &format!("Of {rounds}, {}.", parts.join(", and ")));
    if in_tables == 0 {
        let says = "So there is no table: other work keeps these CPUs busy. Measure again when it \
                    is done, or on a quieter machine.";
        text += &page.paragraph("  ", "  ", says);
    }
    text
}
