//! How many bytes a type takes.

use gimli::constants as dw;

use crate::dwarf::Refusal;
use crate::dwarf::outline::is_aggregate;
use crate::dwarf::place::Place;
use crate::dwarf::types::Types;
use crate::dwarf::unit::Entry;
use crate::{Language, Repeat};

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
            dw::DW_TAG_unspecified_type => {
                let name = self.unit(place)?.name(&entry).unwrap_or_default().into_owned();
                Ok(if name.contains("nullptr") { address } else { 0 })
            }
            // An enum's, or a packed struct's in Zig, is that of the number that it is.
            tag if is_aggregate(tag) && !entry.has_attr(dw::DW_AT_declaration) => {
                match self.type_of(place, &entry)? {
                    Some(number) => self.size_within(number, depth + 1),
                    None => Ok(0),
                }
            }
            tag if is_aggregate(tag) => Err(Refusal::missing(format!(
                "the type {} is only announced in the debug information; with clang, compile with \
                 -fstandalone-debug",
                self.name(place)?
            ))),
            _ => Ok(0),
        }
    }

    /// How many bits a value of the type at `place` takes among others that are packed (Zig).
    pub(super) fn bit_size(&self, place: Place) -> Result<usize, Refusal> {
        let mut place = place;
        for _ in 0..DEEPEST {
            let Some((core, entry)) = self.core(place)? else { return Ok(0) };
            if let Some(bits) = number(&entry, dw::DW_AT_bit_size) {
                return limited(bits);
            }
            match self.type_of(core, &entry)? {
                Some(number) if is_aggregate(entry.tag()) => place = number,
                _ => return Ok(self.size(core)? * 8),
            }
        }
        Err(Refusal::damaged("a number without end"))
    }

    /// How many elements the array at `place` has, over all its dimensions; 0 for one of unknown
    /// length at the end of a struct.
    pub(super) fn count(&self, place: Place) -> Result<u64, Refusal> {
        let lengths = self.lengths(place)?;
        let times = |count: u64, length: &Option<u64>| count.saturating_mul(length.unwrap_or(0));
        Ok(lengths.iter().fold(1, times))
    }

    /// The length of each dimension of the array at `place`; `None` where it is not known.
    pub(super) fn lengths(&self, place: Place) -> Result<Vec<Option<u64>>, Refusal> {
        // Fortran counts from one unless told otherwise.
        let first = i64::from(self.language(place)? == Language::Fortran);
        let mut lengths = Vec::new();
        for dimension in self.children(place)? {
            if !matches!(dimension.tag(), dw::DW_TAG_subrange_type | dw::DW_TAG_enumeration_type) {
                continue;
            }
            let bound = |attribute| number(&dimension, attribute).map(|number| number as i64);
            let first = bound(dw::DW_AT_lower_bound).unwrap_or(first);
            let last = bound(dw::DW_AT_upper_bound);
            // The end of an empty array of unsigned bounds lies before its start.
            let span = last.map(|last| last.wrapping_sub(first).wrapping_add(1).max(0) as u64);
            let length = number(&dimension, dw::DW_AT_count).or(span);
            lengths.push(length.map(|length| if length <= LARGEST { length } else { 0 }));
        }
        Ok(lengths)
    }

    /// Whether the array at `place` is only a description of where its elements are (Fortran's
    /// allocatable ones), whose size nobody states.
    pub(super) fn is_descriptor(&self, place: Place) -> Result<bool, Refusal> {
        let told = [dw::DW_AT_allocated, dw::DW_AT_associated, dw::DW_AT_data_location];
        let core = self.core(place)?;
        let array = core.filter(|(_, entry)| entry.tag() == dw::DW_TAG_array_type);
        Ok(array.is_some_and(|(_, entry)| told.into_iter().any(|told| entry.has_attr(told))))
    }

    /// How often and at which distance the type at `place` repeats its element, arrays of arrays
    /// taken together, and the length of each dimension if there are several; `None` if it is no
    /// array.
    pub(super) fn repeat(
        &self,
        place: Place,
    ) -> Result<Option<(Repeat, Vec<usize>, Place)>, Refusal> {
        let mut shape: Vec<usize> = Vec::new();
        let mut element = place;
        for _ in 0..DEEPEST {
            let Some((core, entry)) = self.core(element)? else { break };
            let vector = entry.has_attr(dw::DW_AT_GNU_vector);
            if entry.tag() != dw::DW_TAG_array_type || vector {
                break;
            }
            let Some(inner) = self.type_of(core, &entry)? else { break };
            let lengths = self.lengths(core)?.into_iter().map(|n| limited(n.unwrap_or(0)));
            shape.extend(lengths.collect::<Result<Vec<_>, _>>()?);
            element = inner;
        }
        if shape.is_empty() {
            return Ok(None);
        }
        let stride = self.size(element)?;
        let count = shape.iter().fold(1u64, |count, &n| count.saturating_mul(n as u64));
        let shape = if shape.len() > 1 { shape } else { Vec::new() };
        Ok(Some((Repeat { count: limited(count)?, stride }, shape, element)))
    }
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
