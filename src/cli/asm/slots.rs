//! The global offset table of a program: what is called from another part of it is called through this.

use std::collections::HashMap;

use object::{Object, ObjectSymbol, ObjectSymbolTable, RelocationFlags, RelocationTarget};

/// Words that the loader fills in, by their address.
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

    pub(super) fn get(&self, address: u64) -> Option<&Slot> {
        self.0.get(&address)
    }

    /// What dynamic relocations put there.
    pub(super) fn read(file: &object::File<'_>, is_function: impl Fn(u64) -> bool) -> Slots {
        let table = file.dynamic_symbol_table();
        let named = |index| {
            let symbol = table.as_ref()?.symbol_by_index(index).ok()?;
            Some(symbol.name().ok()?.to_string())
        };
        let mut slots = HashMap::new();
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
