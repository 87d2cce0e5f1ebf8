//! The global offset table of a program: what is called from another part of it is called through this.

use std::collections::HashMap;

use object::{
    Object, ObjectSection, ObjectSymbol, ObjectSymbolTable, RelocationFlags, RelocationTarget,
};

/// The bytes of a word, with the lowest first.
const WORD: usize = 8;

/// Words of the table, by their address.
#[derive(Debug, Default)]
pub(super) struct Slots(HashMap<u64, Slot>);

/// What is in such a word, if it is a function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Slot {
    /// The address of one of the program's own, in the file.
    Own(u64),
    /// One of a library that is loaded with it.
    Named(String),
}

impl Slots {
    #[cfg(test)]
    pub(super) fn of(slots: impl IntoIterator<Item = (u64, Slot)>) -> Slots {
        Slots(slots.into_iter().collect())
    }

    /// The program's own functions that are reached through them.
    #[cfg(test)]
    pub(super) fn own(&self) -> impl Iterator<Item = u64> {
        self.0.values().filter_map(|slot| match slot {
            Slot::Own(to) => Some(*to),
            Slot::Named(_) => None,
        })
    }

    pub(super) fn get(&self, address: u64) -> Option<&Slot> {
        self.0.get(&address)
    }

    /// What is there once the program is loaded: what its file has, where it is never moved, and what
    /// the loader puts there.
    pub(super) fn read(file: &object::File<'_>, is_function: impl Fn(u64) -> bool) -> Slots {
        let table = file.dynamic_symbol_table();
        let named = |index| {
            let symbol = table.as_ref()?.symbol_by_index(index).ok()?;
            Some(symbol.name().ok()?.to_string())
        };
        let mut slots = HashMap::new();
        for section in [".got", ".got.plt"].iter().filter_map(|name| file.section_by_name(name)) {
            let words = section.data().unwrap_or_default().chunks_exact(WORD);
            for (address, word) in (section.address()..).step_by(WORD).zip(words) {
                let to = word.iter().rev().fold(0, |to, byte| to << 8 | u64::from(*byte));
                slots.extend(is_function(to).then_some((address, Slot::Own(to))));
            }
        }
        for (address, relocation) in file.dynamic_relocations().into_iter().flatten() {
            let slot = match (relocation.target(), relocation.flags()) {
                (RelocationTarget::Symbol(index), _) => named(index).map(Slot::Named),
                // The place that the program is moved to, and so much.
                (_, RelocationFlags::Elf { r_type: object::elf::R_X86_64_RELATIVE }) => {
                    Some(relocation.addend() as u64).filter(|to| is_function(*to)).map(Slot::Own)
                }
                _ => None,
            };
            slots.extend(slot.map(|slot| (address, slot)));
        }
        Slots(slots)
    }
}
