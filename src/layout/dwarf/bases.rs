//! Where virtual bases lie in a complete object, by the rules that all C++ compilers but Microsoft's
//! keep (Itanium C++ ABI, 2.4).

use std::sync::Arc;

use gimli::constants as dw;

use crate::dwarf::Refusal;
use crate::dwarf::member::Member;
use crate::dwarf::place::Place;
use crate::dwarf::types::Types;
use crate::dwarf::unit::Entry;
use crate::names::short;
use crate::{FieldLayout, Role, TypeLayout};

/// Bases of bases of bases: deeper ones are damaged.
const DEEPEST: usize = 100;

impl<'a> Types<'_, 'a> {
    /// The virtual bases of the class at `place`, of its bases too, each once: in the order in which
    /// they are laid out.
    pub(super) fn virtual_bases(&self, place: Place) -> Result<Vec<Place>, Refusal> {
        let mut found = Vec::new();
        self.collect_virtual(place, 0, &mut found)?;
        Ok(found)
    }

    fn collect_virtual(
        &self,
        place: Place,
        depth: usize,
        found: &mut Vec<Place>,
    ) -> Result<(), Refusal> {
        if depth > DEEPEST {
            return Err(Refusal::damaged("a class that is its own base"));
        }
        for child in self.children(place)? {
            if child.tag() != dw::DW_TAG_inheritance {
                continue;
            }
            let base = self.type_of(place, &child)?;
            let Some((base, _)) = base.map(|base| self.core(base)).transpose()?.flatten() else {
                continue;
            };
            if is_virtual(&child) && !found.contains(&base) {
                found.push(base);
            }
            self.collect_virtual(base, depth + 1, found)?;
        }
        Ok(())
    }

    /// The class at `place` as a base: without its virtual bases, and of the bytes that remain.
    pub(super) fn as_base(&self, place: Place) -> Result<Arc<TypeLayout>, Refusal> {
        let whole = self.layout(place)?;
        let dynamic = |field: &FieldLayout| field.role != Role::Member;
        if !whole.fields.iter().any(dynamic) || whole.fields.iter().all(|field| field.size == 0) {
            return Ok(whole);
        }
        if self.virtual_bases(place)?.is_empty() {
            return Ok(whole);
        }
        let mut own = (*whole).clone();
        own.fields.retain(|field| field.role != Role::VirtualBase);
        own.size = own.fields.iter().map(FieldLayout::end).max().unwrap_or(0);
        Ok(Arc::new(own))
    }

    /// The virtual bases of the class at `place` behind `own`, its other members; `None` if the size
    /// of the class says that they lie otherwise.
    pub(super) fn place_virtual(
        &self,
        bases: &[Place],
        own: &[Member],
        size: usize,
    ) -> Result<Option<Vec<Member>>, Refusal> {
        let mut end = own.iter().map(|member| member.field.end()).max().unwrap_or(0);
        let mut align = own.iter().map(|member| member.align).max().unwrap_or(1);
        // Without a table of its own the class shares that of a base of nothing else.
        let mut shares = !own.iter().any(|member| {
            let table = |field: &FieldLayout| field.role == Role::VtablePointer;
            let inside = |layout: &TypeLayout| layout.fields.iter().any(table);
            table(&member.field) || member.field.inner.as_deref().is_some_and(inside)
        });
        let mut placed = Vec::new();
        for &base in bases {
            let layout = self.as_base(base)?;
            let table = |field: &FieldLayout| field.role == Role::VtablePointer;
            let bare = layout.fields.len() == 1 && layout.fields.iter().all(table);
            let empty = layout.fields.iter().all(|field| field.size == 0);
            // What is more than a plain struct ends with its last field.
            let last = layout.fields.iter().map(FieldLayout::end).max().unwrap_or(0);
            let plain = layout.fields.iter().all(|field| field.role == Role::Member);
            let bytes = if empty {
                0
            } else if plain {
                layout.size
            } else {
                last
            };
            let at = if empty || bare && shares { 0 } else { end.next_multiple_of(layout.align) };
            shares &= !(bare && at == 0);
            end = end.max(at + bytes);
            align = align.max(layout.align);
            let name = self.name(base)?;
            let mut field = FieldLayout::new(&format!("({})", short(&name)), &name, at..at + bytes);
            let inner = TypeLayout { size: bytes.max(last), ..(*layout).clone() };
            (field.role, field.inner) = (Role::VirtualBase, Some(Arc::new(inner)));
            placed.push(Member { field, align: layout.align, open: false });
        }
        Ok((end.next_multiple_of(align) == size).then_some(placed))
    }
}

/// Whether an inheritance is virtual.
pub(super) fn is_virtual(entry: &Entry<'_>) -> bool {
    crate::dwarf::size::number(entry, dw::DW_AT_virtuality).is_some_and(|kind| kind != 0)
        || matches!(
            entry.attr_value(dw::DW_AT_virtuality),
            Some(gimli::AttributeValue::Virtuality(kind)) if kind != dw::DW_VIRTUALITY_none
        )
}
