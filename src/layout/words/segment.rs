//! Cuts a type into runs of bytes that look alike: a field's bytes, or a hole.

use std::ops::Range;

use crate::Judged;
use crate::access::Access;
use crate::words::ink::Ink;
use crate::words::legend::Legend;

/// A run of bytes drawn with one sign. Segments follow each other without gaps; one that holds no
/// bytes of its own (a zero-sized field, a second bit-field in one byte) only lends its label.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Segment {
    /// From the start of the type.
    pub(crate) bytes: Range<usize>,
    pub(crate) sign: char,
    pub(crate) ink: Ink,
    /// The field that starts here; `None` for a hole, empty for the rest of a field.
    pub(crate) label: Option<String>,
    /// The name of the field whose bytes go on here.
    pub(crate) rest_of: String,
}

/// The whole of a struct or a union as segments.
pub(crate) fn segments(judged: &Judged, accesses: &[Access], legend: &Legend) -> Vec<Segment> {
    let layout = &judged.layout;
    let mut parts: Vec<Segment> = Vec::new();
    for access in accesses {
        let (sign, ink) = legend.mark(access);
        for (at, bytes) in access.bytes.iter().enumerate() {
            let (label, rest_of) = match at {
                0 => (access.path.clone(), String::new()),
                _ => (String::new(), access.path.clone()),
            };
            parts.push(Segment { bytes: bytes.clone(), sign, ink, label: Some(label), rest_of });
        }
    }
    lay_out(parts, layout.size)
}

/// Puts the parts one after another and fills what is left with holes, up to `size`.
pub(crate) fn lay_out(mut parts: Vec<Segment>, size: usize) -> Vec<Segment> {
    parts.sort_by_key(|part| (part.bytes.start, part.bytes.end));
    let mut laid: Vec<Segment> = Vec::new();
    let mut at = 0;
    for mut part in parts {
        let start = part.bytes.start.min(size);
        if start > at {
            laid.push(hole(at..start));
            at = start;
        }
        part.bytes = start.max(at)..part.bytes.end.min(size).max(at);
        at = part.bytes.end;
        laid.push(part);
    }
    if at < size {
        laid.push(hole(at..size));
    }
    laid
}

fn hole(bytes: Range<usize>) -> Segment {
    Segment { bytes, sign: '.', ink: Ink::Hole, label: None, rest_of: String::new() }
}
