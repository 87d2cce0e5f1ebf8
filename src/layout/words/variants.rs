//! Draws the variants of an enum one above the other, each with the bytes that are its own.

use crate::words::grid::grid;
use crate::words::ink::{Ink, paint};
use crate::words::segment::{Segment, lay_out};
use crate::words::width::cut;
use crate::{FieldLayout, Judged, Variant};

/// More rows than this are not drawn: the table is enough.
const MOST_ROWS: usize = 48;

/// The bytes of every variant; empty where that would be too long or there is nothing to see. A
/// `t` is the tag; where a field lies over the tag, the tag uses values the field never has.
pub(crate) fn variants(judged: &Judged, width: usize) -> String {
    let layout = &judged.layout;
    let rows = layout.variants.len() * (layout.size.div_ceil(16).min(8) + 1);
    let fields = layout.variants.iter().any(|variant| !variant.fields.is_empty());
    if rows > MOST_ROWS || !fields {
        return String::new();
    }
    let mut out = String::new();
    for variant in &layout.variants {
        out.push_str(&paint(&cut(&format!(" {}", variant.name), width), Ink::Heading));
        out.push('\n');
        out.push_str(&grid(judged, &variant_segments(judged, variant), width, false));
    }
    out.push_str(&format!("       t tag   - data   {}\n", paint(". padding", Ink::Hole)));
    out
}

/// The bytes of one variant, the common fields and the tag with them.
pub(crate) fn variant_segments(judged: &Judged, variant: &Variant) -> Vec<Segment> {
    let layout = &judged.layout;
    let fields = || layout.fields.iter().chain(&variant.fields);
    let niche = |tag: &&FieldLayout| fields().any(|f| f.offset < tag.end() && tag.offset < f.end());
    let tag = layout.tag.as_ref().filter(|tag| !niche(tag));
    let part = |field: &FieldLayout, sign| Segment {
        bytes: field.offset..field.end(),
        sign,
        ink: if sign == 't' { Ink::Unknown } else { Ink::Quiet },
        label: Some(field.name.clone()),
        rest_of: String::new(),
    };
    let parts = fields().map(|field| part(field, '-')).chain(tag.map(|tag| part(tag, 't')));
    lay_out(parts.collect(), layout.size)
}
