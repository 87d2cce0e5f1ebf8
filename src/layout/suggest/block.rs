//! What moves as one when fields are put in another order.

use crate::suggest::align;
use crate::{FieldLayout, Role, TypeLayout};

/// What no order moves from the front: bases and the pointer to the virtual functions.
pub(super) const FRONT: usize = 0;
/// What may stand anywhere.
pub(super) const MIDDLE: usize = 1;
/// What no order moves from the end: an array without a length.
pub(super) const END: usize = 2;

/// A field, or a run of bit-fields, or all that stays in front.
pub(super) struct Block<'a> {
    pub(super) fields: Vec<&'a FieldLayout>,
    pub(super) offset: usize,
    pub(super) size: usize,
    pub(super) align: usize,
    pub(super) rank: usize,
}

impl Block<'_> {
    pub(super) fn names(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.name.clone()).collect()
    }
}

/// The blocks of a type by offset.
pub(super) fn blocks(layout: &TypeLayout) -> Vec<Block<'_>> {
    let mut found: Vec<Block<'_>> = Vec::new();
    for field in &layout.fields {
        let fixed = matches!(field.role, Role::Base | Role::VirtualBase | Role::VtablePointer);
        // Virtual bases stand at the end of a complete object, where the compiler puts them.
        if field.role == Role::VirtualBase {
            continue;
        }
        let rank = match field.role {
            Role::Flexible => END,
            _ if fixed => FRONT,
            _ => MIDDLE,
        };
        let unit = field.bits.map_or(0, |bits| bits.unit.max(1));
        let align =
            if unit > 0 { unit.min(layout.align.max(1)) } else { align(field, layout.align) };
        let joins = found.last().is_some_and(|last| {
            let bits = last.fields.last().is_some_and(|before| before.bits.is_some());
            last.rank == rank && (fixed || bits && field.bits.is_some())
        });
        match found.last_mut().filter(|_| joins) {
            Some(last) => {
                last.align = last.align.max(align);
                last.size = last.size.max(field.end() - last.offset);
                last.fields.push(field);
            }
            None => {
                // Bits stand where they are in their word.
                let offset = if unit > 0 { field.offset / align * align } else { field.offset };
                let size = field.end() - offset;
                found.push(Block { fields: vec![field], offset, size, align, rank });
            }
        }
    }
    found
}

/// The type with its blocks in this order, each group at the start of a line.
pub(super) fn laid_out(layout: &TypeLayout, groups: &[Vec<&Block<'_>>], line: usize) -> TypeLayout {
    let mut new = TypeLayout { fields: Vec::new(), notes: Vec::new(), ..layout.clone() };
    new.align = layout.align.max(line);
    let mut at = 0usize;
    for group in groups {
        at = at.next_multiple_of(line);
        for block in group {
            at = at.next_multiple_of(block.align);
            for field in &block.fields {
                let mut moved =
                    FieldLayout { offset: at + field.offset - block.offset, ..(*field).clone() };
                if let Some(bits) = &mut moved.bits {
                    bits.first = bits.first - block.offset * 8 + at * 8;
                }
                new.fields.push(moved);
            }
            at += block.size;
        }
    }
    new.size = at.next_multiple_of(new.align.max(1));
    new
}
