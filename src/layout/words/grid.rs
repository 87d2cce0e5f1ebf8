//! Draws the bytes of a type, sixteen a row, one cache line after another.

use crate::Judged;
use crate::sharing::Verdict;
use crate::words::ink::{Ink, paint};
use crate::words::segment::Segment;
use crate::words::width::cut;

/// Bytes in a row.
const ROW: usize = 16;
/// Columns before the first byte, and of the bytes themselves.
const MARGIN: usize = 7;
const BYTES: usize = 2 * ROW + 1;

/// The grid of `segments`, in lines of at most `width` columns. Rows that show nothing but one and
/// the same thing are told in a sentence. `titles`: each cache line has a heading.
pub(crate) fn grid(judged: &Judged, segments: &[Segment], width: usize, titles: bool) -> String {
    let mut out = String::new();
    let size = segments.last().map_or(0, |segment| segment.bytes.end);
    let mut last = None;
    let mut at = 0;
    let mut first = 0; // The first segment that reaches into this row.
    while at < size {
        while segments[first].bytes.end <= at && first + 1 < segments.len() {
            first += 1;
        }
        let inside = &segments[first];
        let whole_rows = (inside.bytes.end - at) / ROW;
        if inside.bytes.start < at && whole_rows >= 2 {
            out.push_str(&skipped(segments, first, whole_rows * ROW, at));
            at += whole_rows * ROW;
            continue;
        }
        let line = at / judged.cache_line;
        if titles && last != Some(line) {
            out.push_str(&heading(judged, line));
            last = Some(line);
        }
        out.push_str(&row(&segments[first..], at, size, width));
        at += ROW;
    }
    out
}

/// ` line 0` and what is wrong with it.
fn heading(judged: &Judged, line: usize) -> String {
    let here = judged.drawn().iter().flat_map(|sharing| &sharing.lines);
    let alarm = match here.filter(|(at, _)| *at == line).map(|(_, verdict)| *verdict).max() {
        Some(Verdict::DataRace) => "  ! data race",
        Some(Verdict::Certain) => "  ! false sharing (certain)",
        Some(Verdict::Likely) => "  ! false sharing (likely)",
        Some(Verdict::Maybe) => "  ? false sharing (maybe)",
        None => "",
    };
    let title = paint(&format!(" line {line}"), Ink::Heading);
    format!("{title}{}\n", paint(alarm, Ink::Alarm))
}

fn skipped(segments: &[Segment], number: usize, bytes: usize, at: usize) -> String {
    let of = match &segments[number].label {
        None => "padding".to_owned(),
        Some(label) if label.is_empty() => "the same".to_owned(),
        Some(label) => label.clone(),
    };
    let text = format!("{:>MARGIN$}{} more of {of}, to byte {}", ":  ", bytes, at + bytes);
    paint(&text, Ink::Hole) + "\n"
}

/// One row: the offset, the bytes, and the names of what starts here.
fn row(segments: &[Segment], at: usize, size: usize, width: usize) -> String {
    let end = (at + ROW).min(size);
    let mut bytes = String::new();
    let mut labels: Vec<String> = Vec::new();
    for segment in segments.iter().take_while(|segment| segment.bytes.start < end) {
        let (from, to) = (segment.bytes.start.max(at), segment.bytes.end.min(end));
        if segment.bytes.start >= at {
            labels.extend(label(segment));
        }
        if from < to {
            let text: Vec<String> = (from..to).map(|_| segment.sign.to_string()).collect();
            bytes.push_str(if segment.bytes.start >= at || from == at { "|" } else { " " });
            bytes.push_str(&paint(&text.join(" "), segment.ink));
        }
    }
    let empty = " ".repeat(2 * (ROW - (end - at)));
    let room = width.saturating_sub(MARGIN + BYTES + 2);
    let labels = cut(&labels.join(", "), room);
    format!("{at:>5}  {bytes}|{empty}  {labels}").trim_end().to_owned() + "\n"
}

fn label(segment: &Segment) -> Option<String> {
    match &segment.label {
        None => Some(format!("({} free)", segment.bytes.len())),
        Some(label) if label.is_empty() => None,
        Some(label) => Some(label.clone()),
    }
}
