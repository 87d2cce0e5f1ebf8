//! At which multiples of bytes a type may start: as stated, or as it follows from its fields.

use gimli::constants as dw;

use crate::dwarf::Refusal;
use crate::dwarf::outline::is_aggregate;
use crate::dwarf::place::Place;
use crate::dwarf::size::{limited, number};
use crate::dwarf::types::Types;
use crate::dwarf::unit::Entry;
use crate::{FieldLayout, Language, Role, TypeKind, TypeLayout};

/// Arrays of arrays of arrays: deeper ones are damaged.
const DEEPEST: usize = 32;

/// Nobody aligns to more than a page of this size.
const STRICTEST: usize = 4096;

impl<'a> Types<'_, 'a> {
    /// The alignment of the type at `place`: as stated, or the natural one of this machine family.
    pub(super) fn align(&self, place: Place) -> Result<usize, Refusal> {
        let mut place = place;
        let mut in_array = false;
        for _ in 0..DEEPEST {
            if let Some(stated) = stated(&self.entry(place)?) {
                return Ok(stated);
            }
            let Some((core, entry)) = self.core(place)? else {
                return Ok(1);
            };
            // An atomic struct is aligned so that one instruction can take it, but for the elements
            // of an array, where gcc forgets it.
            let gnu = self.unit(place)?.producer.starts_with("GNU ");
            if self.is_atomic(place)? && !(in_array && gnu) {
                let size = self.size(core)?;
                if size.is_power_of_two() && size <= 16 {
                    return Ok(size);
                }
            }
            let tag = entry.tag();
            if is_aggregate(tag) && tag != dw::DW_TAG_enumeration_type {
                return match self.announced(core)? {
                    true => Ok(1),
                    false => Ok(self.layout(core)?.align),
                };
            }
            if tag == dw::DW_TAG_array_type && entry.has_attr(dw::DW_AT_GNU_vector) {
                return Ok(self.size(core)?.next_power_of_two().clamp(1, STRICTEST));
            }
            match self.type_of(core, &entry)? {
                Some(element) if tag == dw::DW_TAG_array_type => place = element,
                _ => {
                    let size = self.size(core)?;
                    let complex = entry.attr_value(dw::DW_AT_encoding).is_some_and(|encoding| {
                        matches!(
                            encoding,
                            gimli::AttributeValue::Encoding(dw::DW_ATE_complex_float)
                        )
                    });
                    return Ok(natural(if complex { size / 2 } else { size }));
                }
            }
            in_array = true;
        }
        Err(Refusal::damaged("an array without end"))
    }
}

/// The alignment that an entry states.
pub(super) fn stated(entry: &Entry<'_>) -> Option<usize> {
    let stated = number(entry, dw::DW_AT_alignment).filter(|align| align.is_power_of_two());
    stated.and_then(|stated| limited(stated).ok())
}

/// A number is aligned to its own size, up to 16 bytes.
pub(super) fn natural(size: usize) -> usize {
    if size.is_power_of_two() { size.min(16) } else { lowest_bit(size).clamp(1, 16) }
}

/// The alignment that follows from the fields, where none was stated; `aligns` are those of the
/// fields' types, in order. A field at a place that its type does not allow shows a packed type; a
/// hole or an end that nothing else explains shows one that was aligned by hand.
pub(super) fn follow(layout: &TypeLayout, aligns: &[usize]) -> usize {
    let most = aligns.iter().copied().max().unwrap_or(1).max(1);
    if let Some(pack) = packed(layout, aligns, most) {
        return pack;
    }
    let by_hand = matches!(layout.language, Language::C | Language::Cpp);
    let odd = |field: &FieldLayout| field.role == Role::VirtualBase || field.announced;
    if !by_hand || layout.fields.iter().any(odd) {
        return most;
    }
    let mut most = most;
    // An empty class has one byte.
    let mut end = usize::from(layout.fields.is_empty());
    for (field, &align) in layout.fields.iter().zip(aligns) {
        if layout.kind == TypeKind::Struct && field.bits.is_none() && field.size > 0 {
            most = most.max(raised(end, field.offset, align, layout.size));
        }
        end = end.max(field.end());
    }
    most.max(raised(end, layout.size, most, layout.size))
}

/// What a field of alignment `align` must be aligned to, to come to lie at `at` behind bytes that
/// end at `end`; `align` itself where that explains it, or where nothing does.
fn raised(end: usize, at: usize, align: usize, size: usize) -> usize {
    let align = align.max(1);
    if end.next_multiple_of(align) >= at {
        return align;
    }
    let stricter = std::iter::successors(Some(align * 2), |align| Some(align * 2));
    let mut stricter = stricter.take_while(|&align| align <= STRICTEST);
    stricter.find(|&by| end.next_multiple_of(by) == at && size.is_multiple_of(by)).unwrap_or(align)
}

/// What the fields are packed to, if any lies where its type does not allow it. Of what is possible
/// `packed` is the most usual; only a pack of four and more is taken for `#pragma pack`.
fn packed(layout: &TypeLayout, aligns: &[usize], most: usize) -> Option<usize> {
    let fits = |pack: usize| {
        let fields = layout.fields.iter().zip(aligns).filter(|(field, _)| field.size > 0);
        let mut placed = fields.map(|(field, &align)| match field.bits {
            // No bit-field reaches over the end of its word.
            Some(bits) => {
                let unit = (bits.unit * 8).max(8);
                pack < align || bits.first / unit == (bits.first + bits.count.max(1) - 1) / unit
            }
            None => field.offset.is_multiple_of(align.min(pack).max(1)),
        });
        // An object of a class in D ends where its last field does.
        let ends = layout.language == Language::D || layout.size.is_multiple_of(most.min(pack));
        placed.all(|placed| placed) && ends
    };
    if fits(most) {
        return None;
    }
    let packs = [8, 4].into_iter().filter(|&pack| pack < most);
    Some(packs.into_iter().find(|&pack| fits(pack)).unwrap_or(1))
}

/// The largest power of two that divides `number`; 0 for 0.
fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Bits;

    fn of(size: usize, fields: &[(usize, usize, usize)]) -> usize {
        let field =
            |&(at, size, _): &(usize, usize, usize)| FieldLayout::new("f", "t", at..at + size);
        let layout = TypeLayout {
            size,
            language: Language::C,
            fields: fields.iter().map(field).collect(),
            ..TypeLayout::default()
        };
        follow(&layout, &fields.iter().map(|(.., align)| *align).collect::<Vec<_>>())
    }

    #[test]
    fn an_alignment_follows_from_places_and_size() {
        assert_eq!(of(16, &[(0, 1, 1), (8, 8, 8)]), 8);
        // Packed: an odd place, places that are even by chance, an odd end; packed to four.
        assert_eq!(of(9, &[(0, 1, 1), (1, 8, 8)]), 1);
        assert_eq!(of(16, &[(0, 2, 2), (2, 4, 4), (6, 8, 8), (14, 2, 2)]), 1);
        assert_eq!(of(9, &[(0, 8, 8), (8, 1, 1)]), 1);
        assert_eq!(of(12, &[(0, 4, 4), (4, 8, 8)]), 4);
        // Aligned by hand: the whole type, or a field of it.
        assert_eq!(of(64, &[(0, 8, 8), (8, 8, 8)]), 64);
        assert_eq!(of(128, &[(0, 8, 8), (64, 8, 8)]), 64);
        assert_eq!(of(16, &[]), 16);
        assert_eq!(of(1, &[]), 1);
        // An unnamed bit-field of 32 bits between two numbers.
        assert_eq!(of(12, &[(0, 4, 4), (8, 4, 4)]), 4);
    }

    #[test]
    fn a_bit_field_counts_as_its_type() {
        let bits = |first, count| FieldLayout {
            bits: Some(Bits { first, count, unit: 4 }),
            ..FieldLayout::new("b", "unsigned", first / 8..(first + count).div_ceil(8))
        };
        let layout = |size, fields| TypeLayout {
            size,
            language: Language::C,
            fields,
            ..TypeLayout::default()
        };
        assert_eq!(follow(&layout(4, vec![bits(8, 15), bits(23, 1)]), &[4, 4]), 4);
        assert_eq!(follow(&layout(5, vec![bits(0, 30), bits(30, 10)]), &[4, 4]), 1);
    }
}
