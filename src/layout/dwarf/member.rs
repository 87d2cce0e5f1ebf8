//! Reads one field: where it lies, what it is made of, and which bits of a word it has.

use gimli::{AttributeValue, Operation, Reader, Section, constants as dw};

use crate::dwarf::Refusal;
use crate::dwarf::align::stated;
use crate::dwarf::outline::is_aggregate;
use crate::dwarf::place::Place;
use crate::dwarf::size::{limited, number};
use crate::dwarf::types::Types;
use crate::dwarf::unit::Entry;
use crate::{Bits, FieldLayout, Language, Role, TypeKind, Word};

/// A field, and the alignment of its type.
pub(super) struct Member {
    pub(super) field: FieldLayout,
    pub(super) align: usize,
    /// Nobody states how many bytes it has: it takes those up to the next field.
    pub(super) open: bool,
}

impl<'a> Types<'_, 'a> {
    /// The field that `entry`, which lies in the unit of `near`, describes; `None` for one that takes
    /// no place in a value (a `static`), or whose place is known only at run time (a virtual base).
    pub(super) fn member(&self, near: Place, entry: &Entry<'a>) -> Result<Option<Member>, Refusal> {
        let at = entry.attr_value(dw::DW_AT_data_member_location);
        let data_bit = number(entry, dw::DW_AT_data_bit_offset);
        let elsewhere = entry.has_attr(dw::DW_AT_external) || entry.has_attr(dw::DW_AT_declaration);
        if at.is_none() && data_bit.is_none() && elsewhere {
            return Ok(None);
        }
        let Some(location) = self.location(near, at)? else {
            return Ok(None);
        };
        let Some(of) = self.type_of(near, entry)? else {
            return Err(Refusal::damaged("a field without a type"));
        };
        let base = entry.tag() == dw::DW_TAG_inheritance;
        let mut field = FieldLayout::new("", &self.name(of)?, 0..0);
        field.name = self.member_name(near, entry, &field.type_name, base)?;
        self.debug.budget.pay(&field)?;
        field.offset = location;
        if base {
            field.role = Role::Base;
        } else if field.name.starts_with("_vptr") {
            field.role = Role::VtablePointer;
        }
        field.announced = self.announced(of)?;
        if field.announced || self.is_descriptor(of)? {
            field.word = if field.announced { self.word(of)? } else { Word::Plain };
            return Ok(Some(Member { field, align: 1, open: true }));
        }
        field.size = self.size(of)?;
        // Go marks types that must not be copied by an empty field in its package of atomics.
        field.word = if field.size == 0 { Word::Plain } else { self.word(of)? };
        let mut inner = of;
        if let Some((repeat, shape, element)) = self.repeat(of)? {
            (field.repeat, field.shape, inner) = (Some(repeat), shape, element);
            let flexible = self.lengths_end_open(of)?;
            if flexible && matches!(self.language(near)?, Language::C | Language::Cpp) {
                field.role = Role::Flexible;
            }
        }
        if let Some((place, core)) = self.core(inner)?
            && is_aggregate(core.tag())
        {
            let inner = if base { self.as_base(place)? } else { self.layout(place)? };
            if base {
                field.size = inner.size;
            }
            let empty =
                inner.kind == TypeKind::Struct && inner.fields.iter().all(|field| field.size == 0);
            if base && empty {
                field.size = 0; // An empty base takes no place, although alone it has one byte.
            }
            field.inner = Some(inner);
        }
        let count = match (number(entry, dw::DW_AT_bit_size), data_bit) {
            (Some(count), _) => Some(limited(count)?),
            (None, Some(_)) => Some(self.bit_size(of)?),
            (None, None) => None,
        };
        if let Some(count) = count {
            self.bits(near, entry, count, &mut field)?;
        }
        let align = match stated(entry) {
            Some(stated) => stated,
            None => self.align(of)?,
        };
        Ok(Some(Member { field, align, open: false }))
    }

    /// Whether the array at `of` has no length.
    fn lengths_end_open(&self, of: Place) -> Result<bool, Refusal> {
        let core = self.core(of)?.filter(|(_, entry)| entry.tag() == dw::DW_TAG_array_type);
        let lengths = core.map(|(place, _)| self.lengths(place)).transpose()?;
        Ok(lengths.is_some_and(|lengths| lengths.iter().any(|n| n.unwrap_or(0) == 0)))
    }

    /// Bytes from the start of the type; `None` if it takes a running program to know.
    fn location(
        &self,
        near: Place,
        at: Option<AttributeValue<crate::dwarf::sections::Slice<'a>>>,
    ) -> Result<Option<usize>, Refusal> {
        let Some(at) = at else { return Ok(Some(0)) };
        if let Some(offset) = at.udata_value() {
            return limited(offset).map(Some);
        }
        let Some(expression) = at.exprloc_value() else {
            return Ok(None);
        };
        let mut operations = expression.operations(self.unit(near)?.header.encoding());
        let first = operations.next()?;
        match (first, operations.next()?) {
            (Some(Operation::PlusConstant { value }), None) => limited(value).map(Some),
            _ => Ok(None),
        }
    }

    fn member_name(
        &self,
        near: Place,
        entry: &Entry<'a>,
        of: &str,
        base: bool,
    ) -> Result<String, Refusal> {
        let unit = self.unit(near)?;
        Ok(match unit.name(entry) {
            _ if base => format!("({})", crate::names::short(of)),
            Some(name) if unit.language == Language::Rust => {
                let number =
                    name.strip_prefix("__").filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
                number.unwrap_or(&name).to_owned() // Tuples: `.0`, not `.__0`.
            }
            Some(name) => name.into_owned(),
            None => "(anonymous)".to_owned(),
        })
    }

    /// Turns `field` into a bit-field of `count` bits, which covers only the bytes it touches.
    fn bits(
        &self,
        near: Place,
        entry: &Entry<'a>,
        count: usize,
        field: &mut FieldLayout,
    ) -> Result<(), Refusal> {
        let first = match number(entry, dw::DW_AT_data_bit_offset) {
            Some(first) => limited(first)?.checked_add(field.offset * 8),
            None => {
                // DWARF 2 and 3 count from the highest bit of a storage unit.
                let from_top = limited(number(entry, dw::DW_AT_bit_offset).unwrap_or(0))?;
                let storage = number(entry, dw::DW_AT_byte_size).map_or(Ok(field.size), limited)?;
                let little = self.unit(near)?.dwarf.debug_info.reader().endian()
                    == gimli::RunTimeEndian::Little;
                let within = if little {
                    (storage * 8).checked_sub(from_top).and_then(|rest| rest.checked_sub(count))
                } else {
                    Some(from_top)
                };
                within.map(|within| field.offset * 8 + within)
            }
        };
        let first = first.ok_or_else(|| Refusal::damaged("a bit-field outside its word"))?;
        let unit = field.size;
        field.offset = first / 8;
        field.size = (first + count).div_ceil(8) - field.offset;
        field.bits = Some(Bits { first, count, unit });
        Ok(())
    }
}
