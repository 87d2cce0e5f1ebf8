//! Curves as a picture: lines with the band of their spread, both axes logarithmic.

use super::scale::{Axis, short};
use super::{CurveReport, letter, names, says};
use crate::render::drawing::{escape, line, page, text};
use racelab::explore::native::figures::Finding;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 356.0;
/// Left of, above, right of and below the drawing.
const ROOM: [f64; 4] = [70.0, 66.0, 190.0, 60.0];

/// One picture of these curves, one below the other. Colours follow the reader's light or dark
/// scheme, and every line has its letter.
pub fn svg(reports: &[CurveReport]) -> String {
    let mut body = String::new();
    let mut top = 0.0;
    for report in reports {
        top += Picture::new(report, top).draw(&mut body);
    }
    let titles: Vec<&str> = reports.iter().map(|report| report.title.as_str()).collect();
    page(&titles.join("; "), WIDTH, top, &body)
}

struct Picture<'r> {
    report: &'r CurveReport,
    top: f64,
    across: Axis,
    up: Axis,
}

impl<'r> Picture<'r> {
    fn new(report: &'r CurveReport, top: f64) -> Picture<'r> {
        Picture { report, top, across: Axis::across(report), up: Axis::up(report) }
    }

    fn x(&self, value: f64) -> f64 {
        ROOM[0] + self.across.place(value) * (WIDTH - ROOM[0] - ROOM[2])
    }

    fn y(&self, ns: f64) -> f64 {
        let height = HEIGHT - ROOM[1] - ROOM[3];
        self.top + ROOM[1] + (1.0 - self.up.place(ns)) * height
    }

    /// Draws it; its height.
    fn draw(&self, out: &mut String) -> f64 {
        let report = self.report;
        *out += &text(20.0, self.top + 26.0, "name", "start", &report.title);
        let unit = format!("nanoseconds a {}", report.unit);
        *out += &text(20.0, self.top + 46.0, "about", "start", &unit);
        let (left, right) = (ROOM[0], WIDTH - ROOM[2]);
        let bottom = self.top + HEIGHT - ROOM[3];
        for ns in self.up.marks() {
            let y = self.y(ns);
            *out += &line(left, y, right, y);
            *out += &text(left - 8.0, y + 4.0, "about", "end", &short(ns));
        }
        for point in &report.points {
            let x = self.x(point.at as f64);
            *out += &line(x, self.top + ROOM[1], x, bottom);
            *out += &text(x, bottom + 18.0, "about", "middle", &short_point(point.at));
        }
        *out += &text((left + right) / 2.0, bottom + 38.0, "about", "middle", &report.axis);
        let names = names(report);
        let ends = names.iter().enumerate().filter_map(|(index, name)| {
            let y = self.one(index, name, out)?;
            Some((y, index, *name))
        });
        self.labels(ends.collect(), out);
        let mut y = bottom + 58.0;
        for crossing in &report.crossings {
            *out += &text(20.0, y, "about", "start", &says(report, crossing));
            y += 20.0;
        }
        let bad = report.points.iter().filter(|point| point.report.finding != Finding::Measured);
        let at: Vec<String> = bad.map(|point| short_point(point.at)).collect();
        if !at.is_empty() {
            let says =
                format!("Disturbed by other work, and to be measured again: {}.", at.join(", "));
            *out += &text(20.0, y, "about", "start", &says);
            y += 20.0;
        }
        y - self.top + 12.0
    }

    /// The names at the ends of their lines; those that would lie on one another move down.
    fn labels(&self, mut ends: Vec<(f64, usize, &str)>, out: &mut String) {
        ends.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free = f64::MIN;
        for (y, index, name) in ends {
            let y = (y + 4.0).max(free);
            free = y + 16.0;
            let label = format!("{} {name}", letter(index));
            let class = format!("key l{}", index % 5);
            *out += &text(WIDTH - ROOM[2] + 12.0, y, &class, "start", &label);
        }
    }

    /// One line: its band and its dots. Where it ends, if it has any.
    fn one(&self, index: usize, name: &str, out: &mut String) -> Option<f64> {
        let points = self.report.points.iter().filter_map(|point| {
            let time = point.report.variant(name)?.ns_per_operation?;
            Some((self.x(point.at as f64), point.at, time))
        });
        let points: Vec<_> = points.collect();
        let (_, _, last) = points.last()?;
        let class = format!("l{}", index % 5);
        let place = |x: f64, ns: f64| format!("{x:.1},{:.1}", self.y(ns));
        let above = points.iter().map(|(x, _, time)| place(*x, time.p90));
        let under = points.iter().rev().map(|(x, _, time)| place(*x, time.p10));
        let band: Vec<String> = above.chain(under).collect();
        let middle: Vec<String> =
            points.iter().map(|(x, _, time)| place(*x, time.median)).collect();
        *out += &format!("<polygon class=\"band {class}\" points=\"{}\"/>\n", band.join(" "));
        *out += &format!("<polyline class=\"line {class}\" points=\"{}\"/>\n", middle.join(" "));
        for (x, at, time) in &points {
            let tip = format!(
                "{name}, {at} {}: {} ns ({} to {})",
                self.report.axis,
                short(time.median),
                short(time.p10),
                short(time.p90)
            );
            *out += &format!(
                "<circle class=\"dot {class}\" cx=\"{x:.1}\" cy=\"{:.1}\" r=\"4\"><title>{}</title></circle>\n",
                self.y(time.median),
                escape(&tip)
            );
        }
        Some(self.y(last.median))
    }
}

fn short_point(at: u64) -> String {
    racelab::words::number::count(at)
}
