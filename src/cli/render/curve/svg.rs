//! Curves as a picture: lines with the band of their spread, both axes logarithmic.

use super::scale::{Axis, short};
use super::{CurveReport, letter, names, says};
use racelab::explore::native::figures::Finding;

const WIDTH: f64 = 860.0;
const HEIGHT: f64 = 356.0;
/// Left of, above, right of and below the drawing.
const ROOM: [f64; 4] = [70.0, 66.0, 190.0, 60.0];

/// Text keeps a contrast of 4.5 on either page; lines differ by their dashes and letters too.
const STYLE: &str = "<style>\n\
svg { font: 13px system-ui, sans-serif; --page: #fff; --ink: #1b1f24; --faint: #59636e; --edge: #d1d9e0 }\n\
.l0 { --line: #cf222e } .l1 { --line: #1a7f37 } .l2 { --line: #0969da } .l3 { --line: #9a6700 } .l4 { --line: #8250df }\n\
@media (prefers-color-scheme: dark) {\n\
svg { --page: #0d1117; --ink: #f0f6fc; --faint: #9198a1; --edge: #30363d }\n\
.l0 { --line: #ff7b72 } .l1 { --line: #3fb950 } .l2 { --line: #58a6ff } .l3 { --line: #d29922 } .l4 { --line: #bc8cff }\n\
}\n\
.page { fill: var(--page) } text { fill: var(--ink) } .name { font-size: 17px; font-weight: 600 }\n\
.about { fill: var(--faint) } .grid { stroke: var(--edge) }\n\
.line { fill: none; stroke: var(--line); stroke-width: 2.5 } .band { fill: var(--line); opacity: .16 }\n\
.dot { fill: var(--line) } .key { fill: var(--line); font-weight: 700 }\n\
.l1.line { stroke-dasharray: 9 4 } .l2.line { stroke-dasharray: 2 4 } .l3.line { stroke-dasharray: 12 4 2 4 } .l4.line { stroke-dasharray: 5 5 }\n\
</style>\n";

/// One picture of these curves, one below the other. Colours follow the reader's light or dark
/// scheme, and every line has its letter.
pub fn svg(reports: &[CurveReport]) -> String {
    let mut body = String::new();
    let mut top = 0.0;
    for report in reports {
        top += Picture::new(report, top).draw(&mut body);
    }
    let titles: Vec<&str> = reports.iter().map(|report| report.title.as_str()).collect();
    let label = escape(&titles.join("; "));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{label}\" \
         viewBox=\"0 0 {WIDTH} {top}\" width=\"{WIDTH}\" height=\"{top}\">\n{STYLE}\
         <rect class=\"page\" width=\"{WIDTH}\" height=\"{top}\"/>\n{body}</svg>\n"
    )
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

fn line(x1: f64, y1: f64, x2: f64, y2: f64) -> String {
    format!("<line class=\"grid\" x1=\"{x1:.1}\" y1=\"{y1:.1}\" x2=\"{x2:.1}\" y2=\"{y2:.1}\"/>\n")
}

fn text(x: f64, y: f64, class: &str, anchor: &str, text: &str) -> String {
    let text = escape(text);
    format!(
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\">{text}</text>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
