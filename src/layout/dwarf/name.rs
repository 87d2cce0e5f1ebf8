//! The name of a type as its language writes it.

use gimli::constants as dw;

use crate::dwarf::Refusal;
use crate::dwarf::outline::is_aggregate;
use crate::dwarf::place::Place;
use crate::dwarf::types::Types;
use crate::word::{Word, word_of};
use crate::{Language, TypeKind};

/// Pointers to arrays of pointers: beyond this a name is cut.
const DEEPEST: usize = 12;

impl Types<'_, '_> {
    /// The whole name of the type at `place`.
    pub(super) fn name(&self, place: Place) -> Result<String, Refusal> {
        self.name_within(Some(place), 0)
    }

    fn name_within(&self, place: Option<Place>, depth: usize) -> Result<String, Refusal> {
        let Some(place) = place else {
            return Ok("void".to_owned());
        };
        if depth > DEEPEST {
            return Ok("…".to_owned());
        }
        let (place, entry) = self.definition(place)?;
        let tag = entry.tag();
        if is_aggregate(tag) || tag == dw::DW_TAG_typedef {
            let path = self.path(place)?;
            return Ok(if path.is_empty() { anonymous(kind(tag)) } else { path });
        }
        if let Some(name) = self.unit(place)?.name(&entry) {
            return Ok(name.into_owned());
        }
        let inner = self.type_of(place, &entry)?;
        let inner = |types: &Self| types.name_within(inner, depth + 1);
        Ok(match tag {
            dw::DW_TAG_pointer_type => pointer(&inner(self)?),
            dw::DW_TAG_reference_type => format!("{} &", inner(self)?),
            dw::DW_TAG_rvalue_reference_type => format!("{} &&", inner(self)?),
            dw::DW_TAG_const_type => format!("const {}", inner(self)?),
            dw::DW_TAG_volatile_type => format!("volatile {}", inner(self)?),
            dw::DW_TAG_atomic_type => format!("_Atomic({})", inner(self)?),
            dw::DW_TAG_array_type => {
                let lengths = self.lengths(place)?;
                let each = |left: &str, right: &str| -> String {
                    let length = |n: &Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
                    lengths.iter().map(|n| format!("{left}{}{right}", length(n))).collect()
                };
                match self.language(place)? {
                    Language::Rust => format!("[{}; {}]", inner(self)?, self.count(place)?),
                    Language::Go => format!("{}{}", each("[", "]"), inner(self)?),
                    Language::Fortran => {
                        format!("{}({})", inner(self)?, each("", ",").trim_end_matches(','))
                    }
                    _ => format!("{}{}", inner(self)?, each("[", "]")),
                }
            }
            dw::DW_TAG_string_type => {
                let length = crate::dwarf::size::number(&entry, dw::DW_AT_byte_size);
                length.map_or("character".to_owned(), |length| format!("character({length})"))
            }
            dw::DW_TAG_subroutine_type => function(&inner(self)?),
            dw::DW_TAG_ptr_to_member_type => {
                let class = entry.attr_value(dw::DW_AT_containing_type);
                let class = class.map(|class| self.resolve(place, class)).transpose()?;
                let class = class.map(|class| self.name_within(Some(class), depth + 1));
                member_pointer(&inner(self)?, &class.transpose()?.unwrap_or_default())
            }
            _ => inner(self)?,
        })
    }

    /// What kind of word the type at `place` is, by any of the names it goes by.
    pub(super) fn word(&self, place: Place) -> Result<Word, Refusal> {
        let mut place = place;
        for _ in 0..DEEPEST {
            let word = word_of(&self.name(place)?);
            if word != Word::Plain {
                return Ok(word);
            }
            let (at, entry) = self.definition(place)?;
            let array = entry.tag() == dw::DW_TAG_array_type;
            if !array && !crate::dwarf::types::is_wrapper(entry.tag()) {
                break;
            }
            match self.type_of(at, &entry)? {
                Some(next) => place = next,
                None => break,
            }
        }
        Ok(Word::Plain)
    }
}

/// A pointer to a type of this name.
pub(super) fn pointer(to: &str) -> String {
    match to.strip_suffix(" ()") {
        Some(result) => format!("{result} (*)()"),
        None if to.ends_with('*') => format!("{to}*"),
        None => format!("{to} *"),
    }
}

/// A pointer to a member of `class` that is of this type: `int Base::*`, `void (Base::*)()`.
fn member_pointer(to: &str, class: &str) -> String {
    match to.strip_suffix(" ()") {
        Some(result) => format!("{result} ({class}::*)()"),
        None => format!("{to} {class}::*"),
    }
}

/// A function that returns a type of this name.
pub(super) fn function(result: &str) -> String {
    format!("{result} ()")
}

/// What stands for the name of a type without one.
pub(super) fn anonymous(kind: TypeKind) -> String {
    match kind {
        TypeKind::Union => "(anonymous union)".to_owned(),
        TypeKind::Enum => "(anonymous enum)".to_owned(),
        TypeKind::Struct => "(anonymous struct)".to_owned(),
    }
}

/// What the entries of this tag describe.
pub(super) fn kind(tag: gimli::DwTag) -> TypeKind {
    match tag {
        dw::DW_TAG_union_type => TypeKind::Union,
        dw::DW_TAG_enumeration_type => TypeKind::Enum,
        _ => TypeKind::Struct,
    }
}
