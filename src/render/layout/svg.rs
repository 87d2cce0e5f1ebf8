//! A layout as a picture: one strip a cache line, to scale, coloured by writer.

mod strip;
mod style;

use crate::layout::access::accesses;
use crate::layout::{Judged, Kind};
use crate::render::layout::ink::Ink;
use crate::render::layout::legend::Legend;
use crate::render::layout::segment::{Segment, segments};
use crate::render::layout::variants::variant_segments;
use crate::render::layout::width::count;
use strip::{Strip, escape, text};
use style::{MARGIN, STYLE, WIDTH, class};

/// Strips drawn of one type; a longer one ends in a sentence.
const MOST_STRIPS: usize = 64;

/// One picture of these types, one below the other. Colours follow the reader's light or dark
/// scheme; every box has a tooltip, and every colour its letter.
pub fn svg(types: &[Judged]) -> String {
    let mut y = 0;
    let mut body = String::new();
    for judged in types {
        y = draw(judged, y + MARGIN, &mut body);
    }
    let (width, height) = (WIDTH + 2 * MARGIN, y + MARGIN);
    let names: Vec<String> = types.iter().map(|judged| judged.layout.title()).collect();
    let label = escape(&format!("Memory layout of {}", names.join(", ")));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" aria-label=\"{label}\" \
         viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\">\n{STYLE}\
         <rect class=\"page\" width=\"{width}\" height=\"{height}\"/>\n{body}</svg>\n"
    )
}

/// Draws one type from `y` downwards; where it ends.
fn draw(judged: &Judged, y: usize, out: &mut String) -> usize {
    let layout = &judged.layout;
    let accesses = accesses(layout);
    let legend = Legend::new(&accesses);
    let line = judged.cache_line;
    let size = count(layout.size, "byte");
    let about = format!("{size}, alignment {}, lines of {line} bytes", layout.align);
    out.push_str(&text(MARGIN, y + 16, "name", &layout.title()));
    out.push_str(&text(MARGIN, y + 36, "about", &about));
    let mut y = y + 50;
    if layout.kind == Kind::Enum {
        for variant in &layout.variants {
            let segments = variant_segments(judged, variant);
            y = strips(judged, &segments, Some(&variant.name), y, out);
        }
    } else {
        y = strips(judged, &segments(judged, &accesses, &legend), None, y, out);
    }
    let mut x = MARGIN;
    let entries = match layout.kind {
        Kind::Enum => vec![("t tag".to_owned(), Ink::Unknown), ("- data".to_owned(), Ink::Quiet)],
        _ => legend.entries(&accesses, true),
    };
    for (entry, ink) in entries {
        out.push_str(&format!(
            "<rect class=\"box {}\" x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\"/>\n",
            class(ink)
        ));
        out.push_str(&text(x + 22, y + 13, "label", &entry));
        x += 22 + 8 * entry.chars().count() + 20;
    }
    y + 24
}

/// Draws the lines that `segments` cover, leaving out those that repeat; where they end.
fn strips(
    judged: &Judged,
    segments: &[Segment],
    title: Option<&str>,
    y: usize,
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
            out.push_str(&text(MARGIN, y + 14, "about", &format!("{of}: {more}")));
            y += 26;
            number += lines;
            continue;
        }
        let shared = judged.drawn().iter().filter(|sharing| sharing.lines.contains(&number));
        let verdict = shared.map(|sharing| sharing.verdict).max().filter(|_| title.is_none());
        let title = title.map_or_else(|| format!("line {number}"), str::to_owned);
        y = Strip { segments, start: number * line, line, title, verdict }.draw(y, out);
        number += 1;
        drawn += 1;
    }
    y
}

#[cfg(test)]
mod tests;
