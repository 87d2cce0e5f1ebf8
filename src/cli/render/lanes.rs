//! An execution as a picture: a lane for each thread, time downwards, and what goes between them.

use racelab::report::{Failure, Kind, Step, Wait, Why, flows, missing, unordered};
use racelab::words::{Page, step, why, width};

use super::drawing::{line, page, text};

/// A step's box, and the room between two.
const BOX: f64 = 40.0;
const ROW: f64 = 54.0;
/// A letter of the boxes' type.
const LETTER: f64 = 7.6;
/// Left of the lanes: the numbers of the steps.
const LEFT: f64 = 40.0;
/// Between two lanes, for the arrows.
const GAP: f64 = 56.0;
const HEAD: f64 = 74.0;

/// The picture, under this title.
pub fn svg(title: &str, failure: &Failure) -> String {
    let lanes = Lanes::of(failure);
    let mut body = text(20.0, 28.0, "name", "start", title);
    for (actor, name) in failure.actors.iter().enumerate() {
        let x = lanes.left(actor);
        body += &text(x + lanes.wide / 2.0, HEAD - 14.0, "key", "middle", name).replacen(
            "class=\"key\"",
            &format!("class=\"key l{}\"", actor % 5),
            1,
        );
        body += &line(x, HEAD - 4.0, x + lanes.wide, HEAD - 4.0);
    }
    for (at, step) in failure.steps.iter().enumerate() {
        body += &lanes.step(at, step);
    }
    let drawn = lanes.arrows(failure);
    for (kind, from, to) in &drawn {
        body += &lanes.arrow(kind, *from, *to);
    }
    let mut y = HEAD + failure.steps.len() as f64 * ROW + 22.0;
    for (kind, says) in LEGEND {
        if drawn.iter().any(|(drawn, ..)| *drawn == kind) {
            body += &format!(
                "<path class=\"{kind}\" marker-end=\"url(#{kind})\" d=\"M 20 {0:.1} H 60\"/>\n",
                y - 4.0
            );
            body += &text(72.0, y, "about", "start", says);
            y += 20.0;
        }
    }
    for (at, says) in conclusion(failure).iter().enumerate() {
        body += &text(20.0, y + 6.0, if at == 0 { "bad" } else { "about" }, "start", says);
        y += 20.0;
    }
    let markers: String = LEGEND.iter().map(|(kind, _)| marker(kind)).collect();
    let body = format!("<defs>{markers}</defs>\n{body}");
    page(&alternative(title, failure), lanes.width(), y + 6.0, &body)
}

/// What each kind of arrow is.
const LEGEND: [(&str, &str); 5] = [
    ("order", "all of the one thread up to there happens before all of the other from there on"),
    ("value", "is read, and orders nothing by itself"),
    ("weak", "is read, and would order the two, if it were stronger"),
    ("missing", "nothing orders these two"),
    ("waits", "waits for what the other took there"),
];

/// The arrows in words, a sentence each, for a terminal.
pub fn sentences(failure: &Failure, page: &Page) -> String {
    let weak = missing(failure);
    let flows = flows(failure).into_iter().map(|flow| {
        let (from, to) = (flow.from + 1, flow.to + 1);
        let steps = [flow.from, flow.to].map(|at| &failure.steps[at]);
        let has = match steps[1].kind.waits() {
            true => format!("Step {to} has from step {from} what it takes"),
            false => format!("Step {to} reads what step {from} wrote"),
        };
        let [one, other] = steps.map(|step| &step.thread);
        let order = format!(
            "all of {one} up to step {from} happens before all of {other} from step {to} on"
        );
        match (flow.reads, flow.orders) {
            (true, true) => format!("{has}, and {order}."),
            (false, _) => format!("By fences or a release sequence, {order}."),
            _ if weak == Some((flow.from, flow.to)) => {
                format!("{has}, and that would order the two, if it were stronger.")
            }
            _ => format!("{has}, and that orders nothing by itself."),
        }
    });
    let unordered = unordered(failure)
        .map(|(from, to)| format!("Nothing orders steps {} and {}.", from + 1, to + 1));
    let all: String =
        flows.chain(unordered).map(|says| page.paragraph("  ", "    ", &says)).collect();
    if all.is_empty() { all } else { all + "\n" }
}

struct Lanes<'f> {
    failure: &'f Failure,
    wide: f64,
}

impl<'f> Lanes<'f> {
    fn of(failure: &'f Failure) -> Lanes<'f> {
        let cells = failure.steps.iter().map(|step| width(&step::cell(step)));
        let longest = cells.chain(failure.actors.iter().map(|name| width(name))).max();
        let wide = longest.unwrap_or(0) as f64 * LETTER + 20.0;
        Lanes { failure, wide: wide.max(200.0) }
    }

    fn left(&self, actor: usize) -> f64 {
        LEFT + actor as f64 * (self.wide + GAP)
    }

    fn width(&self) -> f64 {
        let lanes = self.left(self.failure.actors.len().max(1)) - GAP + 20.0;
        // Proportional letters differ: this is as wide as the widest of the usual types has them, and
        // the first line is bold.
        let end = conclusion(self.failure);
        let wide =
            |(at, line): (usize, &String)| width(line) as f64 * if at == 0 { 8.4 } else { 7.4 };
        let longest = end.iter().enumerate().map(wide).fold(0.0, f64::max);
        lanes.max(longest + 40.0).max(620.0)
    }

    fn lane(&self, at: usize) -> usize {
        let thread = &self.failure.steps[at].thread;
        self.failure.actors.iter().position(|actor| actor == thread).unwrap_or(0)
    }

    fn top(&self, at: usize) -> f64 {
        HEAD + at as f64 * ROW + 6.0
    }

    fn step(&self, at: usize, step: &Step) -> String {
        let (lane, y) = (self.lane(at), self.top(at));
        let x = self.left(lane);
        let mut drawn = text(LEFT - 12.0, y + 24.0, "about", "end", &(at + 1).to_string());
        drawn += &format!(
            "<rect class=\"step l{}\" rx=\"5\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" \
             height=\"{BOX}\"/>\n",
            lane % 5,
            self.wide
        );
        drawn += &text(x + 10.0, y + 17.0, "mono", "start", &step::cell(step));
        if !step.file.is_empty() {
            let ordering = step.ordering.as_ref().filter(|_| !step.field.is_empty());
            let ordering = ordering.map(|name| format!("   {name}")).unwrap_or_default();
            let place = format!("{}:{}{ordering}", step.file, step.line);
            drawn += &text(x + 10.0, y + 33.0, "about mono", "start", &place);
        }
        drawn
    }

    /// What is drawn between two steps: its kind in the legend, from where, to where.
    fn arrows(&self, failure: &Failure) -> Vec<(&'static str, usize, usize)> {
        let weak = missing(failure);
        let known = flows(failure).into_iter().filter(|flow| weak != Some((flow.from, flow.to)));
        let known =
            known.map(|flow| (if flow.orders { "order" } else { "value" }, flow.from, flow.to));
        let known = known.chain(weak.map(|(from, to)| ("weak", from, to)));
        let unordered = unordered(failure).map(|(from, to)| ("missing", from, to));
        let waits = waits(failure).into_iter().map(|(from, to)| ("waits", from, to));
        known.chain(unordered).chain(waits).collect()
    }

    fn arrow(&self, kind: &str, from: usize, to: usize) -> String {
        let (a, b) = (self.lane(from), self.lane(to));
        let (start, end) = (self.left(a), self.left(b));
        let (ya, yb) = (self.top(from) + BOX / 2.0, self.top(to) + BOX / 2.0);
        // From the side that looks at the other lane; a little lower for what is missing, which may
        // go the same way as a value.
        let (ya, yb) =
            if kind == "missing" || kind == "waits" { (ya + 9.0, yb + 9.0) } else { (ya, yb) };
        let (xa, xb) = match a <= b {
            true => (start + self.wide, end - 3.0),
            false => (start, end + self.wide + 3.0),
        };
        let bend = if a <= b { GAP / 2.0 } else { -GAP / 2.0 };
        format!(
            "<path class=\"{kind}\" marker-end=\"url(#{kind})\" d=\"M {xa:.1} {ya:.1} C {:.1} \
             {ya:.1} {:.1} {yb:.1} {xb:.1} {yb:.1}\"/>\n",
            xa + bend,
            xb - bend
        )
    }
}

/// Who waits for whom in a deadlock: the last step of the one that waits, and that in which the other
/// took what it waits for.
fn waits(failure: &Failure) -> Vec<(usize, usize)> {
    let Why::Deadlock(waits) = &failure.why else { return Vec::new() };
    let steps = &failure.steps;
    let step = |wait: &Wait| {
        let from = steps.iter().rposition(|step| step.thread == wait.actor)?;
        let holder = wait.holder.as_ref().filter(|holder| **holder != wait.actor)?;
        let took =
            |step: &Step| step.thread == *holder && step.field == wait.object && step.kind.waits();
        Some((from, steps.iter().rposition(took)?))
    };
    waits.iter().filter_map(step).collect()
}

/// The head of an arrow.
fn marker(kind: &str) -> String {
    let ink = match kind {
        "order" => "--ink",
        "value" => "--faint",
        _ => "--bad",
    };
    format!(
        "<marker id=\"{kind}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"8\" \
         markerHeight=\"8\" markerUnits=\"userSpaceOnUse\" orient=\"auto\"><path d=\"M 0 0 L 8 4 \
         L 0 8 z\" style=\"fill: var({ink})\"/></marker>"
    )
}

/// What the execution amounts to, a line each.
pub(super) fn conclusion(failure: &Failure) -> Vec<String> {
    let kind = failure.kind.words().to_uppercase();
    let why = why::reason(&failure.why);
    let mut lines: Vec<String> = why.lines().map(|line| line.trim().to_string()).collect();
    lines.retain(|line| !line.is_empty());
    let between = if failure.kind == Kind::Forbidden { " " } else { ": " };
    match lines.first_mut() {
        Some(first) => *first = format!("{kind}{between}{first}"),
        None => lines.push(kind),
    }
    lines.into_iter().flat_map(|line| wrapped(&line, 96)).collect()
}

/// A sentence in lines of so many letters.
fn wrapped(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().expect("there is one");
        if !last.is_empty() && width(last) + 1 + width(word) > most {
            lines.push(word.to_string());
        } else {
            *last += if last.is_empty() { "" } else { " " };
            *last += word;
        }
    }
    lines
}

/// The picture in words, for whoever does not see it.
fn alternative(title: &str, failure: &Failure) -> String {
    let steps = failure.steps.iter().enumerate();
    let steps: Vec<String> =
        steps.map(|(at, of)| format!("{}. {}: {}", at + 1, of.thread, step::cell(of))).collect();
    format!("{title}. {}. {}", steps.join("; "), conclusion(failure).join(" "))
}
