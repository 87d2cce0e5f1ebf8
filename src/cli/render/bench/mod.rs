//! What `racelab bench` prints: tables by mix, latencies and their picture, memory; SVG and JSON.

pub mod advice;
mod latency;
mod memory;
mod rates;
pub mod served;
mod svg;
pub mod tree;

use racelab::words::{Ink, Page, number};
use racelab_bench::cell::Cell;
use racelab_bench::mix::Mix;
use racelab_bench::plan::Ground;
use racelab_bench::report::Report;
use serde_json::json;

use super::json::{self, Document};

pub use svg::svg;

/// The document of `racelab bench --json`; also what `--keep` keeps.
pub fn document(report: &Report) -> Document {
    let body = serde_json::to_value(report);
    // Every field is a number, a name or a list of these.
    json::document("bench", body.unwrap_or_else(|error| json!({ "error": error.to_string() })))
}

/// All of it as text.
pub fn text(report: &Report, page: &Page) -> String {
    let mut text = head(report, page);
    for &ground in &report.plan.grounds {
        for &threads in &report.plan.threads {
            let here =
                |cell: &&Cell| cell.setting.ground == ground && cell.setting.threads == threads;
            let cells: Vec<&Cell> = report.cells.iter().filter(here).collect();
            if !cells.is_empty() {
                text += &section(report, ground, threads, &cells, page);
            }
        }
    }
    text += &memory::text(report, page);
    text
}

/// Where the figures were taken, and whether they mean anything.
fn machine(report: &Report, page: &Page) -> String {
    let machine = &report.machine;
    let cpu = machine.cpu.as_deref().map(|name| format!("{name}, ")).unwrap_or_default();
    let cpus = number::of(machine.cpus as u64, "CPU", "CPUs");
    let mut text = page.paragraph("", "  ", &format!("{cpu}{cpus}, {}", machine.system));
    if !machine.optimised {
        let says = "NOT OPTIMISED: this racelab is a debug build, and its figures mean nothing. \
                    Build it with --release.";
        text += &page.paragraph("", "  ", says);
    }
    text
}

/// What the figures are, and where they were taken.
fn head(report: &Report, page: &Page) -> String {
    let mut text = machine(report, page);
    if report.cells.iter().any(|cell| !cell.tables.is_empty()) {
        let first = report.plan.maps.first().map_or("", String::as_str);
        let says = format!(
            "Each figure is a map's throughput divided by that of {first} in the same round: more \
             than 1 is faster. It is the median of the rounds, with its 95 % interval (+-)."
        );
        text += &page.paragraph("\n", "", &says);
    }
    for about in report.maps.iter().chain(&report.others) {
        text += &match page.plain || page.width < 40 {
            true => page.paragraph("  ", "    ", &format!("{}: {}", about.map, about.about)),
            false => {
                let name = racelab::words::pad(&about.map, 15);
                page.paragraph(&format!("  {name} "), &" ".repeat(18), &about.about)
            }
        };
    }
    for note in &report.notes {
        text += &page.paragraph("  ", "  ", note);
    }
    text
}

fn section(
    report: &Report,
    ground: Ground,
    threads: usize,
    cells: &[&Cell],
    page: &Page,
) -> String {
    let mut text = heading(&title(ground, threads), page);
    if cells.iter().any(|cell| cell.oversubscribed) {
        let cpus = number::of(report.machine.cpus as u64, "CPU", "CPUs");
        let says = format!("oversubscribed: {threads} threads share {cpus}");
        text += &page.paragraph("  ", "  ", &says);
    }
    text += &rates::text(report, cells, page);
    let shown = |cell: &&&Cell| {
        let mixes = [99, 50].map(Mix::of_reads);
        let some = report.plan.mixes.iter().any(|mix| mixes.contains(mix));
        !some || mixes.contains(&cell.setting.mix)
    };
    for cell in cells.iter().filter(shown) {
        text += &latency::text(cell, report.machine.clock_floor_ns, page);
    }
    text
}

fn title(ground: Ground, threads: usize) -> String {
    let keys = number::count(ground.keys as u64);
    let threads = number::of(threads as u64, "thread", "threads");
    format!("{keys} {} keys, {}, {threads}", ground.key.name(), ground.spread.name())
}

/// Operations a second: `31.4M/s`.
fn rate(rate: f64) -> String {
    match rate {
        r if r >= 1e6 => format!("{:.1}M/s", r / 1e6),
        r if r >= 1e3 => format!("{:.1}k/s", r / 1e3),
        r => format!("{r:.0}/s"),
    }
}

/// Nanoseconds with a unit that suits them, in two or three digits.
fn time(ns: f64) -> String {
    let (value, unit) = match ns {
        t if t < 999.5 => return format!("{t:.0}ns"),
        t if t < 999.5e3 => (t / 1e3, "us"),
        t if t < 999.5e6 => (t / 1e6, "ms"),
        t => (t / 1e9, "s"),
    };
    if value < 9.95 { format!("{value:.1}{unit}") } else { format!("{value:.0}{unit}") }
}

/// A line that stands above others.
fn heading(says: &str, page: &Page) -> String {
    let text = page.paragraph("", "", says);
    format!("\n{}\n", page.paint(Ink::Strong, text.trim_end()))
}

#[cfg(test)]
mod tests;
