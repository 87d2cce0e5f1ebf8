//! One type in a column of the picture: its heading, its cache lines, its legend.

use crate::access::drawn;
use crate::words::ink::Ink;
use crate::words::legend::Legend;
use crate::words::segment::{Segment, segments};
use crate::words::svg::strip::{Strip, text};
use crate::words::svg::style::class;
use crate::words::variants::variant_segments;
use crate::words::width::{count, cut};
use crate::{Judged, TypeKind};

/// Strips drawn of one type; a longer one ends in a sentence.
const MOST_STRIPS: usize = 64;

/// Where to draw, in pixels.
#[derive(Clone, Copy)]
pub(super) struct Column {
    pub(super) left: usize,
    /// Of a whole cache line.
    pub(super) width: usize,
}

/// Draws one type from `y` downwards, with a `title` before its name; where it ends.
pub(super) fn draw(
    judged: &Judged,
    title: Option<&str>,
    column: Column,
    y: usize,
    out: &mut String,
) -> usize {
    let layout = &judged.layout;
    let accesses = drawn(layout);
    let legend = Legend::new(&accesses);
    let line = judged.cache_line;
    let size = count(layout.size, "byte");
    let about = format!("{size}, alignment {}, lines of {line} bytes", layout.align);
    let name = match title {
        Some(title) => format!("{title}: {}", layout.title()),
        None => layout.title(),
    };
    out.push_str(&text(column.left, y + 16, "name", &cut(&name, column.width / 10)));
    out.push_str(&text(column.left, y + 36, "about", &about));
    let mut y = y + 50;
    if layout.kind == TypeKind::Enum {
        for variant in &layout.variants {
            let segments = variant_segments(judged, variant);
            y = strips(judged, &segments, Some(&variant.name), (column, y), out);
        }
    } else {
        let segments = segments(judged, &accesses, &legend);
        y = strips(judged, &segments, None, (column, y), out);
    }
    let entries = match layout.kind {
        TypeKind::Enum => {
            vec![("t tag".to_owned(), Ink::Unknown), ("- data".to_owned(), Ink::Quiet)]
        }
        _ => legend.entries(&accesses, true),
    };
    let mut x = column.left;
    for (entry, ink) in entries {
        let width = 22 + 8 * racelab::words::width(&entry) + 20;
        if x > column.left && x + width > column.left + column.width {
            (x, y) = (column.left, y + 22);
        }
        out.push_str(&format!(
            "<rect class=\"box {}\" x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\"/>\n",
            class(ink)
        ));
        out.push_str(&text(x + 22, y + 13, "label", &entry));
        x += width;
    }
    y + 24
}

/// Draws the lines that `segments` cover, leaving out those that repeat; where they end.
fn strips(
    judged: &Judged,
    segments: &[Segment],
    title: Option<&str>,
    (column, y): (Column, usize),
    out: &mut String,
) -> usize {
    let mut y = y;
    let size = segments.last().map_or(0, |segment| segment.bytes.end);
    let line = judged.cache_line;
    let mut number = 0;
    let mut drawn = 0;
    while number * line < size {
        let inside = |s: &&Segment| s.bytes.start < number * line && s.bytes.end > number * line;
        let run = segments.iter().find(inside);
        let whole = run.map_or(0, |segment| (segment.bytes.end - number * line) / line);
        if whole > 0 || drawn >= MOST_STRIPS {
            let cut = drawn >= MOST_STRIPS;
            let lines = if cut { size.div_ceil(line) - number } else { whole };
            let last = number + lines - 1;
            let of = if lines == 1 {
                format!("line {number}")
            } else {
                format!("lines {number} to {last}")
            };
            let more = match run {
                _ if cut => "not drawn",
                Some(segment) if segment.label.is_none() => "padding",
                _ => "more of the same",
            };
            out.push_str(&text(column.left, y + 14, "about", &format!("{of}: {more}")));
            y += 26;
            number += lines;
            continue;
        }
        let shared = judged.drawn().iter().flat_map(|sharing| &sharing.lines);
        let here = shared.filter(|(line, _)| *line == number).map(|(_, verdict)| *verdict);
        let verdict = here.max().filter(|_| title.is_none());
        let title = title.map_or_else(|| format!("line {number}"), str::to_owned);
        y = Strip { column, segments, start: number * line, line, title, verdict }.draw(y, out);
        number += 1;
        drawn += 1;
    }
    y
}
