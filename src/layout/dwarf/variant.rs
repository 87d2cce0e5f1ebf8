//! Reads an enum: where its tag lies, what the tag says, and the fields of each variant.

use gimli::{AttributeValue, constants as dw};

use crate::dwarf::Refusal;
use crate::dwarf::place::Place;
use crate::dwarf::types::Types;
use crate::dwarf::unit::Entry;
use crate::{FieldLayout, Language, TypeKind, TypeLayout, Variant};

impl<'a> Types<'_, 'a> {
    /// Adds the variants that `part`, a child of the type at `place`, describes (Rust).
    pub(super) fn variants(
        &self,
        place: Place,
        part: &Entry<'a>,
        layout: &mut TypeLayout,
        aligns: &mut Vec<usize>,
    ) -> Result<(), Refusal> {
        layout.kind = TypeKind::Enum;
        let unit = place.unit;
        // Without bytes it is a type of Zig's that is gone before the program runs.
        if let Some(tag) = part.attr_value(dw::DW_AT_discr).filter(|_| layout.size > 0) {
            let tag = self.entry(self.resolve(place, tag)?)?;
            if let Some(mut member) = self.member(place, &tag)? {
                member.field.name = "(tag)".to_owned();
                layout.tag = Some(member.field);
                aligns.push(member.align);
            }
        }
        for child in self.children(Place { unit, offset: part.offset().0 })? {
            if child.tag() == dw::DW_TAG_variant {
                layout.variants.push(self.variant(place, &child, aligns)?);
            }
        }
        Ok(())
    }

    fn variant(
        &self,
        near: Place,
        entry: &Entry<'a>,
        aligns: &mut Vec<usize>,
    ) -> Result<Variant, Refusal> {
        let tag_value = entry.attr_value(dw::DW_AT_discr_value).as_ref().and_then(constant);
        let mut variant = Variant { tag_value, ..Variant::default() };
        let unit = self.unit(near)?;
        for child in self.children(Place { unit: near.unit, offset: entry.offset().0 })? {
            if child.tag() != dw::DW_TAG_member {
                continue;
            }
            let Some(member) = self.member(near, &child)? else {
                continue;
            };
            aligns.push(member.align);
            let (field, inner) = (&member.field, &member.field.inner);
            variant.name = match inner {
                Some(inner) => inner.name.rsplit("::").next().unwrap_or_default().to_owned(),
                None => field.name.clone(),
            };
            // A future's state is told by the name of its type; its own is only a number.
            let number = field.name.bytes().all(|byte| byte.is_ascii_digit());
            if field.name != "(anonymous)" && !(number && inner.is_some()) {
                variant.name.clone_from(&field.name);
            }
            // What a variant holds is in Rust always a struct; in Zig it is the value itself.
            if unit.language == Language::Zig {
                variant.fields.extend(Some(member.field).filter(|field| field.size > 0));
                continue;
            }
            variant.line = number_of(&child, dw::DW_AT_decl_line);
            let moved = |inner: &FieldLayout| FieldLayout {
                offset: inner.offset + field.offset,
                ..inner.clone()
            };
            for field in inner.iter().flat_map(|inner| &inner.fields) {
                self.debug.budget.pay(field)?;
                variant.fields.push(moved(field));
            }
        }
        Ok(variant)
    }

    /// Adds the names and numbers of an enum without fields (every language has those).
    pub(super) fn enumerators(
        &self,
        place: Place,
        entry: &Entry<'a>,
        layout: &mut TypeLayout,
    ) -> Result<(), Refusal> {
        let of = self.type_of(place, entry)?;
        let of = of.map(|of| self.name(of)).transpose()?.unwrap_or_default();
        layout.tag = Some(FieldLayout::new("(tag)", &of, 0..layout.size));
        for child in self.children(place)? {
            if child.tag() != dw::DW_TAG_enumerator {
                continue;
            }
            let unit = self.unit(place)?;
            let name = unit.name(&child).unwrap_or_default().into_owned();
            let tag_value = child.attr_value(dw::DW_AT_const_value).as_ref().and_then(constant);
            layout.variants.push(Variant { name, tag_value, ..Variant::default() });
        }
        Ok(())
    }
}

fn number_of(entry: &Entry<'_>, attribute: gimli::DwAt) -> Option<u32> {
    crate::dwarf::size::number(entry, attribute).and_then(|line| u32::try_from(line).ok())
}

/// A number as the debug information states it.
fn constant<R: gimli::Reader>(value: &AttributeValue<R>) -> Option<String> {
    match value {
        AttributeValue::Sdata(number) => Some(number.to_string()),
        AttributeValue::Data16(number) => Some(number.to_string()),
        // A number of 128 bits.
        AttributeValue::Block(bytes) => {
            let bytes = bytes.to_slice().ok().filter(|bytes| bytes.len() <= 16)?;
            let number = bytes.iter().rev().fold(0, |number: u128, &b| number << 8 | u128::from(b));
            Some(number.to_string())
        }
        value => value.udata_value().map(|number| number.to_string()),
    }
}
