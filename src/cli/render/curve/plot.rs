//! A curve drawn with characters: a letter at each measured point, dots in between.

use super::scale::{Axis, short};
use super::{CurveReport, ink, letter, names};
use racelab::words::{Ink, Page};

/// Rows of the drawing.
const ROWS: usize = 13;
/// Columns left of it: a label and the axis.
const LEFT: usize = 10;

/// What stands at one place: which line, and how.
#[derive(Clone, Copy)]
enum Dot {
    /// A measured point of this line.
    Point(usize),
    /// Several lines have a point here.
    Several,
    /// On the way from one point of this line to the next.
    Way(usize),
}

/// The drawing. Both axes are logarithmic.
pub(super) fn text(report: &CurveReport, page: &Page) -> String {
    let columns = page.width.saturating_sub(LEFT + 4).clamp(20, 64);
    let (across, up) = (Axis::across(report), Axis::up(report));
    let at = |x: f64, ns: f64| {
        let column = (across.place(x) * (columns - 1) as f64).round() as usize;
        let row = ((1.0 - up.place(ns)) * (ROWS - 1) as f64).round() as usize;
        (row, column)
    };
    let names = names(report);
    let mut grid = vec![vec![None; columns]; ROWS];
    for (line, name) in names.iter().enumerate() {
        let places = report.points.iter().filter_map(|point| {
            let time = point.report.variant(name)?.ns_per_operation?;
            Some(at(point.at as f64, time.median))
        });
        let places: Vec<(usize, usize)> = places.collect();
        for pair in places.windows(2) {
            way(pair[0], pair[1]).for_each(|(row, column)| {
                grid[row][column].get_or_insert(Dot::Way(line));
            });
        }
        for (row, column) in places {
            let dot: &mut Option<Dot> = &mut grid[row][column];
            *dot = Some(match *dot {
                Some(Dot::Point(_) | Dot::Several) => Dot::Several,
                _ => Dot::Point(line),
            });
        }
    }
    let labels: Vec<(usize, String)> =
        up.marks().iter().rev().map(|ns| (at(1.0, *ns).0, short(*ns))).collect();
    let mut text = String::new();
    for (row, dots) in grid.iter().enumerate() {
        let label = labels.iter().find(|(at, _)| *at == row).map_or("", |(_, label)| label);
        let tick = if label.is_empty() { '|' } else { '+' };
        let mut line = format!("{label:>8} {tick}");
        dots.iter().for_each(|dot| line += &glyph(*dot, &names, page));
        text += &format!("{}\n", line.trim_end());
    }
    text += &format!("{:>9}+{}\n", "", "-".repeat(columns));
    text += &below(report, columns, |x| at(x, 1.0).1);
    let margin = " ".repeat(10);
    let words = format!("{} (both axes logarithmic, * is several)", report.axis);
    text + &page.paragraph(&margin, &margin, &words)
}

/// The places strictly between two, a column at a time.
fn way(from: (usize, usize), to: (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    let width = to.1.saturating_sub(from.1).max(1);
    (1..width).map(move |step| {
        let share = step as f64 / width as f64;
        let row = from.0 as f64 + (to.0 as f64 - from.0 as f64) * share;
        (row.round() as usize, from.1 + step)
    })
}

fn glyph(dot: Option<Dot>, names: &[&str], page: &Page) -> String {
    match dot {
        None => " ".to_string(),
        Some(Dot::Several) => page.paint(Ink::Strong, "*"),
        Some(Dot::Point(line)) => page.paint(ink(names[line], line), &letter(line).to_string()),
        Some(Dot::Way(line)) => page.paint(ink(names[line], line), "."),
    }
}

/// The values of the parameter under the axis, where there is room.
fn below(report: &CurveReport, columns: usize, column: impl Fn(f64) -> usize) -> String {
    let mut line = vec![' '; columns + LEFT];
    let mut free = 0;
    for point in &report.points {
        let label: Vec<char> = short_count(point.at).chars().collect();
        let start = LEFT + column(point.at as f64);
        let start = start.min(line.len().saturating_sub(label.len()));
        if start >= free && start + label.len() <= line.len() {
            line[start..start + label.len()].copy_from_slice(&label);
            free = start + label.len() + 1;
        }
    }
    format!("{}\n", line.into_iter().collect::<String>().trim_end())
}

fn short_count(value: u64) -> String {
    match value {
        v if v >= 1_000_000 && v.is_multiple_of(1_000_000) => format!("{}M", v / 1_000_000),
        v if v >= 1_000 && v.is_multiple_of(1_000) => format!("{}k", v / 1_000),
        v => v.to_string(),
    }
}
