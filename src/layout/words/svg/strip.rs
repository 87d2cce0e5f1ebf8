//! One cache line of the picture: boxes to scale, labels in them or below, a frame if it is shared.

use crate::sharing::Verdict;
use crate::words::segment::Segment;
use crate::words::svg::panel::Column;
use crate::words::svg::style::class;
use crate::words::width::count;

/// Pixels: the height of a box, of a row of labels below, and about the width of a letter.
const BOX: usize = 40;
const ROW: usize = 18;
const LETTER: usize = 8;

/// A line to be drawn.
pub(super) struct Strip<'a> {
    pub(super) column: Column,
    pub(super) segments: &'a [Segment],
    /// The first byte of the line.
    pub(super) start: usize,
    /// Bytes of the line.
    pub(super) line: usize,
    pub(super) title: String,
    /// What is wrong with the line.
    pub(super) verdict: Option<Verdict>,
}

impl Strip<'_> {
    /// Draws it from `y` downwards; where it ends.
    pub(super) fn draw(&self, y: usize, out: &mut String) -> usize {
        out.push_str(&text(self.column.left, y + 13, "about", &self.title));
        let after = self.column.left + LETTER * (racelab::words::width(&self.title) + 2);
        let alarm = match self.verdict {
            Some(Verdict::DataRace) => "data race",
            Some(Verdict::Certain) => "false sharing (certain)",
            Some(Verdict::Likely) => "false sharing (likely)",
            Some(Verdict::Maybe) => "false sharing (maybe)",
            None => "",
        };
        out.push_str(&text(after, y + 13, "alarm", alarm));
        let top = y + 20;
        let mut below: Vec<(usize, String)> = Vec::new();
        let mut reached = 0;
        for segment in self.segments {
            let from = segment.bytes.start.max(self.start);
            let to = segment.bytes.end.min(self.start + self.line);
            if from >= to {
                // What has no bytes of its own here still has its name.
                let here = (self.start..self.start + self.line).contains(&segment.bytes.start);
                let label = segment.label.as_deref().filter(|label| here && !label.is_empty());
                if let Some(label) = label {
                    below.push((self.x(segment.bytes.start), format!("{} {label}", segment.sign)));
                }
                continue;
            }
            reached = self.x(to);
            self.draw_box(segment, (from, to), top, &mut below, out);
        }
        if let Some(verdict) = self.verdict {
            let class = if verdict == Verdict::Maybe { "frame perhaps" } else { "frame" };
            let (x, y) = (self.column.left - 3, top - 3);
            let (width, height) = (reached - self.column.left + 6, BOX + 6);
            out.push_str(&format!(
                "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>\n"
            ));
        }
        let rows = labels(&below, self.column, top + BOX, out);
        top + BOX + rows * ROW + 14
    }

    /// Pixels from the left of a byte of the type.
    fn x(&self, byte: usize) -> usize {
        self.column.left + (byte - self.start) * self.column.width / self.line
    }

    fn draw_box(
        &self,
        segment: &Segment,
        (from, to): (usize, usize),
        top: usize,
        below: &mut Vec<(usize, String)>,
        out: &mut String,
    ) {
        let (x, width) = (self.x(from), self.x(to) - self.x(from));
        let class = class(segment.ink);
        let label = segment.label.as_deref();
        let title = match label {
            None => format!("padding, bytes {}..{}", segment.bytes.start, segment.bytes.end),
            Some(label) => format!("{label}, bytes {}..{}", segment.bytes.start, segment.bytes.end),
        };
        let title = escape(&format!("{title}{}", meaning(segment)));
        out.push_str(&format!(
            "<rect class=\"box {class}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{BOX}\">\
             <title>{title}</title></rect>\n"
        ));
        let Some(label) = label else { return };
        if label.is_empty() || from > segment.bytes.start {
            // A field that goes on: its name again, where there is room.
            let name = if label.is_empty() { &segment.rest_of } else { label };
            let text_ = format!("{} …{name}", segment.sign);
            if !name.is_empty() && LETTER * racelab::words::width(&text_) + 6 <= width {
                out.push_str(&text(x + 6, top + 31, "label", &text_));
            }
            return;
        }
        let span = format!("{from}, {}", count(segment.bytes.len(), "byte"));
        let offset = if 7 * span.len() + 6 <= width { span } else { from.to_string() };
        if 7 * offset.len() + 6 <= width {
            out.push_str(&text(x + 3, top + 12, "offset", &offset));
        }
        let label = format!("{} {label}", segment.sign);
        if LETTER * racelab::words::width(&label) + 6 <= width {
            out.push_str(&text(x + 6, top + 31, "label", &label));
        } else {
            below.push((x + width / 2, label));
        }
    }
}

fn meaning(segment: &Segment) -> &'static str {
    match segment.sign {
        'a' => ", atomic",
        'k' => ", lock",
        '*' => ", several writers",
        't' => ", the tag",
        _ => "",
    }
}

/// Labels that do not fit into their boxes, below them with a leader, in as many rows as it takes
/// for none to lie on another; how many rows.
fn labels(below: &[(usize, String)], column: Column, y: usize, out: &mut String) -> usize {
    let mut ends: Vec<usize> = Vec::new();
    for (x, label) in below.iter().rev() {
        // From the right, each to the left of those already there or a row deeper.
        let width = LETTER * racelab::words::width(label);
        let end = (x + width + 4).min(column.left + column.width + 4);
        let row = ends.iter().position(|&taken| end <= taken).unwrap_or(ends.len());
        let start = end.saturating_sub(width + 4).max(column.left);
        match ends.get_mut(row) {
            Some(taken) => *taken = start,
            None => ends.push(start),
        }
        let baseline = y + (row + 1) * 18;
        let down = baseline - 12;
        out.push_str(&format!("<path class=\"leader\" d=\"M{x} {y}V{down}\"/>\n"));
        out.push_str(&text(start.min(*x) + 2, baseline, "label", label));
    }
    ends.len()
}

/// A line of text at this place.
pub(super) fn text(x: usize, y: usize, class: &str, content: &str) -> String {
    if content.is_empty() {
        return String::new();
    }
    format!("<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>\n", escape(content))
}

/// `content` with what means something in XML spelt out.
pub(super) fn escape(content: &str) -> String {
    let mut out = String::with_capacity(content.len());
    for letter in content.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(letter),
        }
    }
    out
}
