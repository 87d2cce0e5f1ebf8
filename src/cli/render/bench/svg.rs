//! The tables as a picture: a row for each map, a panel for each mix, a mark with its interval.

use racelab_bench::cell::{Cell, Latency};
use racelab_bench::report::Report;
use racelab_bench::states::State;

use super::{rate, time, title};
use crate::render::drawing::{escape, line, page, text};

const WIDTH: f64 = 980.0;
/// Columns of the names, and room right of the last panel.
const LEFT: f64 = 140.0;
const RIGHT: f64 = 24.0;
const ROW: f64 = 20.0;
/// Between two panels.
const GAP: f64 = 22.0;

/// A mark on a logarithmic scale, with what it reaches from and to.
struct Mark {
    at: f64,
    from: f64,
    to: f64,
    tip: String,
}

struct Panel {
    title: String,
    /// By row; a row may have none, or several.
    marks: Vec<Vec<Mark>>,
}

/// Throughput and latency of all cells, one figure below the other.
pub fn svg(report: &Report) -> String {
    let mut body = String::new();
    let mut top = 20.0;
    for &ground in &report.plan.grounds {
        for &threads in &report.plan.threads {
            let here =
                |cell: &&Cell| cell.setting.ground == ground && cell.setting.threads == threads;
            let cells: Vec<&Cell> = report.cells.iter().filter(here).collect();
            let mut states: Vec<Option<State>> = vec![None];
            states.extend(report.states.iter().map(|state| Some(*state)));
            for state in states {
                let panels = throughput(report, &cells, state);
                if panels.is_empty() {
                    continue;
                }
                let whole = title(ground, threads);
                let about = match state {
                    Some(state) => format!("a store takes {:.0} ns to the other CPU", state.median),
                    None => String::new(),
                };
                let first = report.plan.maps.first().map_or("", String::as_str);
                let about = format!("throughput, times that of {first}; {about}");
                let scale = Scale::over(&panels, &|ratio| format!("{ratio}"));
                top = figure(
                    &mut body,
                    top,
                    &[&whole, about.trim_end_matches("; ")],
                    report,
                    &panels,
                    &scale,
                );
            }
            for how in ["closed", "open"] {
                let panels = latency(report, &cells, how);
                if !panels.is_empty() {
                    let about = match how {
                        "closed" => "single operations, one after another: half, 99 %, 99.9 %",
                        _ => {
                            "at half of each map's throughput, from when it was due: half, 99 %, 99.9 %"
                        }
                    };
                    let scale = Scale::over(&panels, &|ns| time(ns).replace(".0", ""));
                    let whole = title(ground, threads);
                    top = figure(&mut body, top, &[&whole, about], report, &panels, &scale);
                }
            }
        }
    }
    page("throughput and latency of the maps", WIDTH, top, &body)
}

fn throughput(report: &Report, cells: &[&Cell], state: Option<State>) -> Vec<Panel> {
    let panel = |cell: &&Cell| {
        let table = cell.tables.iter().find(|table| table.state == state)?;
        let marks = report.names().into_iter().map(|map| {
            let row = table.rows.iter().find(|row| row.map == map);
            row.into_iter()
                .map(|row| Mark {
                    at: row.ratio.median,
                    from: row.ratio.low,
                    to: row.ratio.high,
                    tip: format!(
                        "{map}, {}: {}, {:.2} times",
                        cell.setting.mix,
                        rate(row.rate.median),
                        row.ratio.median
                    ),
                })
                .collect()
        });
        Some(Panel { title: cell.setting.mix.to_string(), marks: marks.collect() })
    };
    cells.iter().filter_map(panel).collect()
}

fn latency(report: &Report, cells: &[&Cell], how: &str) -> Vec<Panel> {
    let panel = |cell: &&Cell| {
        let rows: Vec<&Latency> = cell.latency.iter().filter(|one| one.how == how).collect();
        let mark = |row: &Latency, from: f64, ns: f64, share: &str| Mark {
            at: ns,
            from,
            to: ns,
            tip: format!("{}, {}: {share} within {}", row.map, cell.setting.mix, time(ns)),
        };
        let marks = report.names().into_iter().map(|map| {
            let row = rows.iter().find(|row| row.map == map);
            row.into_iter()
                .flat_map(|row| {
                    [
                        mark(row, row.p50, row.p50, "half"),
                        mark(row, row.p50, row.p99, "99 %"),
                        mark(row, row.p99, row.p999, "99.9 %"),
                    ]
                })
                .collect()
        });
        let title = cell.setting.mix.to_string();
        (!rows.is_empty()).then(|| Panel { title, marks: marks.collect() })
    };
    cells.iter().filter_map(panel).collect()
}

/// One logarithmic scale for all panels of a figure.
struct Scale<'w> {
    from: f64,
    to: f64,
    words: &'w dyn Fn(f64) -> String,
}

impl<'w> Scale<'w> {
    fn over(panels: &[Panel], words: &'w dyn Fn(f64) -> String) -> Scale<'w> {
        let marks = panels.iter().flat_map(|panel| panel.marks.iter().flatten());
        let ends = marks.flat_map(|mark| [mark.from, mark.to]).filter(|at| *at > 0.0);
        let (from, to) =
            ends.fold((f64::INFINITY, 0.0f64), |(from, to), at| (from.min(at), to.max(at)));
        if !from.is_finite() {
            return Scale { from: 0.5, to: 2.0, words };
        }
        // A little room, so that no mark lies on the edge.
        Scale { from: from / 1.15, to: to.max(from * 1.5) * 1.15, words }
    }

    /// 0 at one end, 1 at the other.
    fn place(&self, at: f64) -> f64 {
        ((at / self.from).ln() / (self.to / self.from).ln()).clamp(0.0, 1.0)
    }

    /// A few of 1, 2, 5 and their tens that lie on it.
    fn ticks(&self) -> Vec<f64> {
        let decades = (self.from.log10().floor() as i32)..=(self.to.log10().ceil() as i32);
        let wide = self.to / self.from > 30.0;
        let steps: &[f64] = if wide { &[1.0] } else { &[1.0, 2.0, 5.0] };
        let all = decades.flat_map(|power| steps.iter().map(move |step| step * 10f64.powi(power)));
        // A label near an edge would run into the next panel.
        let all: Vec<f64> = all.filter(|at| (0.06..=0.94).contains(&self.place(*at))).collect();
        // A label takes about a third of a panel.
        let apart = all.windows(2).map(|pair| self.place(pair[1]) - self.place(pair[0]));
        let closest = apart.fold(1.0, f64::min);
        all.into_iter().step_by((0.3 / closest).ceil().max(1.0) as usize).collect()
    }
}

/// Draws a figure; where the next begins.
fn figure(
    out: &mut String,
    top: f64,
    words: &[&str; 2],
    report: &Report,
    panels: &[Panel],
    scale: &Scale,
) -> f64 {
    *out += &text(20.0, top + 6.0, "name", "start", words[0]);
    *out += &text(20.0, top + 26.0, "about", "start", words[1]);
    let maps = report.names();
    let across = (WIDTH - LEFT - RIGHT + GAP) / panels.len().max(1) as f64;
    let (first, height) = (top + 64.0, ROW * maps.len() as f64);
    for (row, map) in maps.iter().copied().enumerate() {
        let y = first + ROW * (row as f64 + 0.5) + 4.0;
        *out += &text(LEFT - 12.0, y, "row", "end", map);
    }
    for (index, panel) in panels.iter().enumerate() {
        let (left, right) =
            (LEFT + across * index as f64, LEFT + across * (index + 1) as f64 - GAP);
        let x = |at: f64| left + scale.place(at) * (right - left);
        *out += &text((left + right) / 2.0, first - 10.0, "about", "middle", &panel.title);
        for at in scale.ticks() {
            *out += &line(x(at), first, x(at), first + height);
            let label = (scale.words)(at);
            *out += &text(x(at), first + height + 16.0, "about", "middle", &label);
        }
        for (row, marks) in panel.marks.iter().enumerate() {
            let y = first + ROW * (row as f64 + 0.5);
            *out += &line(left, y, right, y);
            for (size, mark) in marks.iter().enumerate() {
                *out += &format!(
                    "<line class=\"whisker\" x1=\"{:.1}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\"/>\n\
                     <circle class=\"mark\" cx=\"{:.1}\" cy=\"{y:.1}\" r=\"{:.1}\"><title>{}</title></circle>\n",
                    x(mark.from),
                    x(mark.to),
                    x(mark.at),
                    4.5 - 0.9 * size as f64,
                    escape(&mark.tip)
                );
            }
        }
    }
    first + height + 56.0
}
