//! What single operations take: percentiles, and where they lie on a logarithmic scale.

use racelab::words::{Ink, Page};
use racelab_bench::cell::{Cell, Latency};

use super::time;

/// Columns of a map's name, and of a percentile.
const NAME: usize = 16;
const FIGURE: usize = 9;
/// From few to many, by factors of ten.
const SHADES: [char; 6] = ['.', ':', '-', '=', '#', '@'];

/// The percentiles of one cell, one after another and as they were due, and the picture of both.
pub(super) fn text(cell: &Cell, floor: f64, page: &Page) -> String {
    if cell.latency.is_empty() {
        return String::new();
    }
    let mix = cell.setting.mix;
    let mut text = String::new();
    let parts = [
        ("closed", format!("single operations at {mix}, one after another")),
        ("open", "the same at half of each map's own throughput, from when it was due".to_string()),
    ];
    for (how, says) in parts {
        let rows: Vec<&Latency> = cell.latency.iter().filter(|one| one.how == how).collect();
        if rows.is_empty() {
            continue;
        }
        text += &page.paragraph("\n  ", "  ", &says);
        text += &match page.plain || page.width < NAME + 2 + 3 * FIGURE {
            true => sentences(&rows, floor, page),
            false => table(&rows, floor, page),
        };
    }
    text
}

fn table(rows: &[&Latency], floor: f64, page: &Page) -> String {
    let room = page.width - NAME - 2 - 3 * FIGURE;
    let first = rows.iter().filter_map(|row| row.bins.first()).map(|bin| step(bin.0)).min();
    let (first, steps) = (first.unwrap_or(0), room.saturating_sub(3));
    let last = rows.iter().filter_map(|row| row.bins.last()).map(|bin| step(bin.0)).max();
    let steps = steps.min((last.unwrap_or(0) - first + 1).max(0) as usize);
    let head =
        format!("  {:<NAME$}{:>FIGURE$}{:>FIGURE$}{:>FIGURE$}", "", "50 %", "99 %", "99.9 %");
    let mut text =
        format!("{}\n", page.paint(Ink::Faint, &format!("{head}   {}", scale(first, steps))));
    for row in rows {
        let [p50, p99, p999] = [row.p50, row.p99, row.p999].map(|ns| below(ns, floor));
        let figures = format!("{p50:>FIGURE$}{p99:>FIGURE$}{p999:>FIGURE$}");
        let picture = picture(row, first, steps);
        text += format!("  {:<NAME$}{figures}   {picture}", row.map).trim_end();
        text += "\n";
    }
    text
}

/// What the clock cannot tell from nothing is below its floor.
fn below(ns: f64, floor: f64) -> String {
    if ns <= floor { format!("<{}", time(floor.ceil())) } else { time(ns) }
}

/// Which step of the scale ends at so many nanoseconds.
fn step(ns: f64) -> i32 {
    (ns.log10() * 5.0).round() as i32
}

/// The decades above the picture, in seconds: `1u` is a microsecond.
fn scale(first: i32, steps: usize) -> String {
    let mut line = vec![' '; steps];
    for at in 0..steps {
        let step = first + at as i32;
        if step % 5 == 0 {
            let label = time(10f64.powi(step / 5)).replace(".0", "").replace('s', "");
            let label: Vec<char> = label.chars().collect();
            if at + label.len() <= steps {
                line[at..at + label.len()].copy_from_slice(&label);
            }
        }
    }
    line.into_iter().collect::<String>().trim_end().to_string()
}

/// A column for each step: the darker, the more operations took so long.
fn picture(row: &Latency, first: i32, steps: usize) -> String {
    let mut line = vec![' '; steps];
    for &(ns, count) in row.bins.iter().filter(|bin| bin.1 > 0) {
        let share = count as f64 / row.samples as f64;
        // An operation of a hundred thousand is a dot, one in two is the darkest.
        let shade = (share.log10() + SHADES.len() as f64 - 0.5).clamp(0.0, 5.0) as usize;
        if let Some(place) = line.get_mut((step(ns) - first).max(0) as usize) {
            *place = SHADES[shade];
        }
    }
    line.into_iter().collect::<String>().trim_end().to_string()
}

fn sentences(rows: &[&Latency], floor: f64, page: &Page) -> String {
    let mut text = String::new();
    for row in rows {
        let [p50, p99, p999] = [row.p50, row.p99, row.p999].map(|ns| below(ns, floor));
        let says = format!("{}: half within {p50}, 99 % {p99}, 99.9 % {p999}", row.map);
        text += &page.paragraph("    ", "      ", &says);
    }
    text
}
