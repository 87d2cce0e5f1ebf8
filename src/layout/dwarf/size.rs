//! How many bytes a type takes, and at which multiples of bytes it may start.

use gimli::constants as dw;

use crate::dwarf::Refusal;
use crate::dwarf::outline::is_aggregate;
use crate::dwarf::place::Place;
use crate::dwarf::types::Types;
use crate::dwarf::unit::{Entry, Language};
use crate::{Repeat, TypeLayout};

/// No type is larger than this; a file that says so is damaged.
pub(super) const LARGEST: u64 = 1 << 40;

/// Arrays of arrays of arrays: deeper ones are damaged.
const DEEPEST: usize = 32;

impl<'a> Types<'_, 'a> {
    /// The bytes of the type at `place`.
    pub(super) fn size(&self, place: Place) -> Result<usize, Refusal> {
        self.size_within(place, 0)
    }

    fn size_within(&self, place: Place, depth: usize) -> Result<usize, Refusal> {
        if depth > DEEPEST {
            return Err(Refusal::damaged("an array without end"));
        }
        let Some((place, entry)) = self.core(place)? else {
            return Ok(0);
        };
        if let Some(size) = number(&entry, dw::DW_AT_byte_size) {
            return limited(size);
        }
        let address = usize::from(self.unit(place)?.header.address_size());
        match entry.tag() {
            dw::DW_TAG_array_type => {
                let Some(element) = self.type_of(place, &entry)? else {
                    return Ok(0);
                };
                let stride = self.size_within(element, depth + 1)? as u64;
                limited(self.count(place)?.saturating_mul(stride))
            }
            dw::DW_TAG_pointer_type
            | dw::DW_TAG_reference_type
            | dw::DW_TAG_rvalue_reference_type => Ok(address),
            // Go's functions are pointers; elsewhere a function is no value.
            dw::DW_TAG_subroutine_type if self.language(place)? == Language::Go => Ok(address),
            dw::DW_TAG_ptr_to_member_type => {
                let pointee = self.type_of(place, &entry)?;
                let pointee = pointee.map(|at| self.core(at)).transpose()?.flatten();
                let method = pointee.is_some_and(|(_, of)| of.tag() == dw::DW_TAG_subroutine_type);
                Ok(if method { 2 * address } else { address })
            }
            tag if is_aggregate(tag) => Err(Refusal::missing(format!(
                "the type {} is only announced in the debug information; with clang, compile with \
                 -fstandalone-debug",
                self.name(place)?
            ))),
            _ => Ok(0),
        }
    }

    /// How many elements the array at `place` has, over all its dimensions; 0 for one of unknown
    /// length at the end of a struct.
    pub(super) fn count(&self, place: Place) -> Result<u64, Refusal> {
        let mut count = 1u64;
        for dimension in self.children(place)? {
            if !matches!(dimension.tag(), dw::DW_TAG_subrange_type | dw::DW_TAG_enumeration_type) {
                continue;
            }
            let last = number(&dimension, dw::DW_AT_upper_bound);
            let first = number(&dimension, dw::DW_AT_lower_bound).unwrap_or(0);
            let length = number(&dimension, dw::DW_AT_count)
                .or_else(|| last.map(|last| last.wrapping_add(1).saturating_sub(first)));
            count = count.saturating_mul(length.filter(|&n| n <= LARGEST).unwrap_or(0));
        }
        Ok(count)
    }

    /// How often and at which distance the type at `place` repeats its element; `None` if it is no
    /// array.
    pub(super) fn repeat(&self, place: Place) -> Result<Option<(Repeat, Place)>, Refusal> {
        let Some((place, entry)) = self.core(place)? else {
            return Ok(None);
        };
        if entry.tag() != dw::DW_TAG_array_type {
            return Ok(None);
        }
        let Some(element) = self.type_of(place, &entry)? else {
            return Ok(None);
        };
        let stride = self.size(element)?;
        let count = limited(self.count(place)?)?;
        Ok(Some((Repeat { count, stride }, element)))
    }

    /// The alignment of the type at `place`: as stated, or the natural one of this machine family.
    pub(super) fn align(&self, place: Place) -> Result<usize, Refusal> {
        let mut place = place;
        for _ in 0..DEEPEST {
            let stated = number(&self.entry(place)?, dw::DW_AT_alignment);
            if let Some(stated) = stated.filter(|stated| stated.is_power_of_two()) {
                return limited(stated);
            }
            let Some((core, entry)) = self.core(place)? else {
                return Ok(1);
            };
            let tag = entry.tag();
            if is_aggregate(tag) && tag != dw::DW_TAG_enumeration_type {
                return Ok(self.layout(core)?.align);
            }
            match self.type_of(core, &entry)? {
                Some(element) if tag == dw::DW_TAG_array_type => place = element,
                _ => return Ok(natural(self.size(core)?)),
            }
        }
        Err(Refusal::damaged("an array without end"))
    }
}

/// A number is aligned to its own size, up to 16 bytes.
fn natural(size: usize) -> usize {
    if size.is_power_of_two() { size.min(16) } else { lowest_bit(size).clamp(1, 16) }
}

/// The alignment that follows from the fields, where none was stated: the largest natural one,
/// reduced to what the offsets allow (a packed type), and to what the size allows.
pub(super) fn follow(layout: &TypeLayout, aligns: &[usize]) -> usize {
    let fields = layout.fields.iter().zip(aligns);
    let kept = fields.map(|(field, &align)| match field.offset {
        0 => align,
        offset => align.min(lowest_bit(offset)),
    });
    let align = kept.max().unwrap_or(1).max(1);
    if layout.size == 0 { align } else { align.min(lowest_bit(layout.size)) }
}

/// The largest power of two that divides `number`; 0 for 0.
fn lowest_bit(number: usize) -> usize {
    number & number.wrapping_neg()
}

/// A size or offset within reason.
pub(super) fn limited(number: u64) -> Result<usize, Refusal> {
    let small = usize::try_from(number).ok().filter(|_| number <= LARGEST);
    small.ok_or_else(|| Refusal::damaged(format!("a type of {number} bytes")))
}

/// A number that an attribute states outright, not by an expression.
pub(super) fn number(entry: &Entry<'_>, attribute: gimli::DwAt) -> Option<u64> {
    let value = entry.attr_value(attribute)?;
    value.udata_value().or_else(|| value.sdata_value().map(|n| n as u64))
}
