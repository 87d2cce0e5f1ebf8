//! A layout as a page of text, readable with and without colour.

use crate::access::drawn;
use crate::phase::lines;
use crate::words::future::largest_path;
use crate::words::grid::grid;
use crate::words::ink::{Ink, paint};
use crate::words::legend::Legend;
use crate::words::segment::segments;
use crate::words::table::table;
use crate::words::variants::variants;
use crate::words::verdict::verdicts;
use crate::words::width::{count, cut, wrap};
use crate::{Judged, TypeKind};

/// The page: heading, bytes, fields (nested ones down to `depth` levels) and verdicts, in lines of
/// at most `width` columns (at least 40).
pub fn text(judged: &Judged, depth: usize, width: usize) -> String {
    let width = width.max(40);
    let accesses = drawn(&judged.layout);
    let legend = Legend::new(&accesses);
    let segments = segments(judged, &accesses, &legend);
    let mut out = heading(judged, width);
    out.push('\n');
    if judged.layout.kind == TypeKind::Enum {
        let variants = if width < 60 { String::new() } else { variants(judged, width) };
        out.push_str(&variants);
        out.push_str(if variants.is_empty() { "" } else { "\n" });
    } else if width >= 60 && judged.layout.size > 0 {
        out.push_str(&grid(judged, &segments, width, true));
        let padding = segments.iter().any(|segment| segment.label.is_none());
        out.push_str(&legend.lines(&accesses, padding, width, 7));
        out.push('\n');
    }
    out.push_str(&table(judged, depth, width));
    out.push('\n');
    out.push_str(&verdicts(judged, width));
    out.extend(largest_path(&judged.layout, width));
    for note in &judged.layout.notes {
        out.push_str(&wrap(note, width, 2));
        out.push('\n');
    }
    out
}

/// `SafeMap<u64, u64>  56 bytes, alignment 8, 1 or 2 lines of 64 bytes`.
fn heading(judged: &Judged, width: usize) -> String {
    let layout = &judged.layout;
    let kind = match layout.kind {
        TypeKind::Struct => "",
        TypeKind::Union => "union ",
        TypeKind::Enum => "enum ",
    };
    let name = paint(&cut(&format!("{kind}{}", layout.title()), width), Ink::Heading);
    let line = judged.cache_line;
    let touched = |start| lines(&(0..layout.size), start, line).map_or(0, |l| l.count());
    let starts = judged.starts();
    let most = starts.iter().map(|&start| touched(start)).max().unwrap_or(0);
    let lines = match (touched(0), most) {
        (least, most) if least == most => count(least, "line"),
        (least, most) => format!("{least} or {most} lines"),
    };
    let size = count(layout.size, "byte");
    let inferred = if layout.inferred { " (inferred)" } else { "" };
    let sizes = format!("{size}, alignment {}{inferred}, {lines} of {line} bytes", layout.align);
    format!("{name}\n{}\n", wrap(&sizes, width, 2))
}

#[cfg(test)]
mod tests;
