//! Reads a whole type: its fields, in order, and the types inside them.

use std::sync::Arc;

use gimli::constants as dw;

use crate::dwarf::Refusal;
use crate::dwarf::align::{follow, stated};
use crate::dwarf::bases::is_virtual;
use crate::dwarf::member::Member;
use crate::dwarf::name::kind;
use crate::dwarf::place::Place;
use crate::dwarf::types::Types;
use crate::{Source, TypeKind, TypeLayout};

/// Structs in structs in structs: deeper ones are damaged.
pub(super) const DEEPEST: usize = 200;

impl<'a> Types<'_, 'a> {
    /// The layout of the struct, class, union or enum at `place`.
    pub(super) fn layout(&self, place: Place) -> Result<Arc<TypeLayout>, Refusal> {
        if let Some(known) = self.layouts.borrow().get(&place) {
            return Ok(known.clone());
        }
        if self.open.borrow().len() > DEEPEST || !self.open.borrow_mut().insert(place) {
            return Err(Refusal::damaged("a type that contains itself"));
        }
        let layout = self.read(place);
        self.open.borrow_mut().remove(&place);
        let layout = Arc::new(layout?);
        self.layouts.borrow_mut().insert(place, layout.clone());
        Ok(layout)
    }

    fn read(&self, place: Place) -> Result<TypeLayout, Refusal> {
        let entry = self.entry(place)?;
        let mut layout = TypeLayout {
            name: self.name(place)?,
            size: self.size(place)?,
            source: Source::Dwarf,
            language: self.language(place)?,
            declared: self.declared(place, &entry)?,
            kind: kind(entry.tag()),
            ..TypeLayout::default()
        };
        let mut aligns = Vec::new();
        if entry.tag() == dw::DW_TAG_enumeration_type {
            self.enumerators(place, &entry, &mut layout)?;
            aligns.extend(layout.tag.as_ref().map(|tag| tag.size.next_power_of_two().min(16)));
        } else {
            self.members(place, &mut layout, &mut aligns)?;
        }
        let stated = stated(&entry);
        layout.inferred = stated.is_none() && entry.tag() != dw::DW_TAG_enumeration_type;
        layout.align = match stated {
            Some(stated) => stated,
            None if layout.kind == TypeKind::Enum => aligns.into_iter().max().unwrap_or(1),
            None => follow(&layout, &aligns),
        };
        check(&layout)?;
        Ok(layout)
    }

    fn members(
        &self,
        place: Place,
        layout: &mut TypeLayout,
        aligns: &mut Vec<usize>,
    ) -> Result<(), Refusal> {
        let mut found = Vec::new();
        for child in self.children(place)? {
            match child.tag() {
                dw::DW_TAG_inheritance if is_virtual(&child) => {}
                dw::DW_TAG_member | dw::DW_TAG_inheritance => {
                    found.extend(self.member(place, &child)?);
                }
                dw::DW_TAG_variant_part => self.variants(place, &child, layout, aligns)?,
                _ => {}
            }
        }
        let bases = self.virtual_bases(place)?;
        if !bases.is_empty() {
            match self.place_virtual(&bases, &found, layout.size)? {
                Some(placed) => found.extend(placed),
                None => self.unplaced(&bases, layout),
            }
        }
        found.sort_by_key(|member| {
            let field = &member.field;
            (field.offset, field.bits.map_or(0, |bits| bits.first), field.size)
        });
        close(&mut found, layout.size);
        for member in found {
            aligns.insert(layout.fields.len(), member.align);
            layout.fields.push(member.field);
        }
        Ok(())
    }

    /// A base whose place is not known is at least named.
    fn unplaced(&self, bases: &[Place], layout: &mut TypeLayout) {
        for base in bases.iter().filter_map(|&base| self.name(base).ok()) {
            layout.notes.push(format!(
                "Virtual base {base}: its place is not told; it lies in bytes shown as free."
            ));
        }
    }
}

/// Gives members whose size nobody states the bytes up to the next one; `found` is sorted.
fn close(found: &mut [Member], size: usize) {
    for at in 0..found.len() {
        let offset = found[at].field.offset;
        let next = found[at..].iter().map(|member| member.field.offset).find(|&o| o > offset);
        if found[at].open {
            found[at].field.size = next.unwrap_or(size).saturating_sub(offset);
        }
    }
}

/// A field outside its type, or a size that is no multiple of the alignment, is no layout.
pub(super) fn check(layout: &TypeLayout) -> Result<(), Refusal> {
    let variants = layout.variants.iter().flat_map(|variant| &variant.fields);
    for field in layout.fields.iter().chain(variants).chain(&layout.tag) {
        if field.end() > layout.size {
            let (name, of) = (&field.name, &layout.name);
            return Err(Refusal::damaged(format!(
                "the field {name} reaches beyond the end of {of}"
            )));
        }
    }
    Ok(())
}
