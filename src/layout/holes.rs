//! The bytes of a type that hold nothing: holes between fields, and padding at the end.

use std::ops::Range;

use crate::phase::LONGEST_LINE;
use crate::{FieldLayout, Repeat, TypeKind, TypeLayout, Word};

/// The runs of bytes of `layout` that belong to no field, in order; of an enum, those that belong
/// to no variant. Padding inside a field's own type is not counted here.
pub fn holes(layout: &TypeLayout) -> Vec<Range<usize>> {
    let variants = layout.variants.iter().flat_map(|variant| &variant.fields);
    let fields = layout.fields.iter().chain(variants).chain(&layout.tag);
    gaps(fields.map(|field| field.offset..field.end()).collect(), layout.size)
}

/// The runs of bytes that are nobody's while this variant of `layout` is alive.
pub fn variant_holes(layout: &TypeLayout, fields: &[FieldLayout]) -> Vec<Range<usize>> {
    let fields = layout.fields.iter().chain(fields).chain(&layout.tag);
    gaps(fields.map(|field| field.offset..field.end()).collect(), layout.size)
}

/// Spans in an array that are told apart; of a longer one, only those near its ends.
const MOST_SPANS: usize = 1024;

/// The runs of bytes that hold something, down through every field whose own layout is known. An
/// atomic is read and written as a whole, but for a wrapper that only pads it.
pub fn footprint(field: &FieldLayout) -> Vec<Range<usize>> {
    let whole = field.offset..field.end();
    let Some(inner) = &field.inner else {
        return vec![whole];
    };
    let padded = field.word != Word::Atomic || inner.fields.iter().any(|f| f.word != Word::Plain);
    if inner.kind != TypeKind::Struct || inner.fields.is_empty() || !padded {
        return vec![whole];
    }
    let spans = merge(inner.fields.iter().flat_map(footprint).collect());
    let Repeat { count, stride } = field.repeat.unwrap_or(Repeat { count: 1, stride: field.size });
    if spans.first() == Some(&(0..stride)) || stride == 0 {
        return vec![whole];
    }
    let reach = LONGEST_LINE / stride + 2;
    let short = count <= (2 * reach).max(MOST_SPANS / spans.len().max(1));
    let ends = (0..reach).chain(count.saturating_sub(reach)..count);
    let apart: Vec<usize> = if short { (0..count).collect() } else { ends.collect() };
    let middle = (!short).then(|| reach * stride..(count - reach) * stride);
    let shifted = apart.iter().flat_map(|number| {
        spans.iter().map(move |span| span.start + number * stride..span.end + number * stride)
    });
    let from = field.offset;
    let placed = shifted
        .chain(middle)
        .map(|span| (span.start + from).min(whole.end)..(span.end + from).min(whole.end));
    merge(placed.collect())
}

/// Joins spans that touch or overlap; drops empty ones.
fn merge(mut spans: Vec<Range<usize>>) -> Vec<Range<usize>> {
    spans.retain(|span| span.start < span.end);
    spans.sort_by_key(|span| span.start);
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// What `spans` leave free of `0..size`.
fn gaps(spans: Vec<Range<usize>>, size: usize) -> Vec<Range<usize>> {
    let mut free = Vec::new();
    let mut at = 0;
    for span in merge(spans) {
        if span.start > at {
            free.push(at..span.start);
        }
        at = at.max(span.end);
    }
    if at < size {
        free.push(at..size);
    }
    free
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "one span is meant, not its numbers")]
mod tests {
    use std::sync::Arc;

    use super::*;

    #[test]
    fn holes_are_the_bytes_between_and_after() {
        let fields = vec![
            FieldLayout::new("flag", "bool", 0..1),
            FieldLayout::new("nothing", "()", 1..1),
            FieldLayout::new("count", "u64", 8..16),
            FieldLayout::new("end", "u8", 16..17),
        ];
        let layout = TypeLayout { size: 24, align: 8, fields, ..TypeLayout::default() };
        assert_eq!(holes(&layout), [1..8, 17..24]);
    }

    #[test]
    fn a_padded_field_occupies_only_what_it_holds() {
        let inner = TypeLayout {
            size: 64,
            fields: vec![FieldLayout::new("value", "AtomicU64", 0..8)],
            ..TypeLayout::default()
        };
        let mut field = FieldLayout::new("hits", "Padded<AtomicU64>", 64..128);
        assert_eq!(footprint(&field), vec![64..128]);
        field.inner = Some(Arc::new(inner));
        assert_eq!(footprint(&field), vec![64..72]);
        field.size = 192;
        field.repeat = Some(Repeat { count: 3, stride: 64 });
        assert_eq!(footprint(&field), vec![64..72, 128..136, 192..200]);
        field.size = 64 * 3_000_000;
        field.repeat = Some(Repeat { count: 3_000_000, stride: 64 });
        let (spans, end) = (footprint(&field), 64 * 3_000_001);
        assert_eq!((&spans[0], spans.last()), (&(64..72), Some(&(end - 64..end - 56))));
        assert!(spans.len() < 20);
    }
}
