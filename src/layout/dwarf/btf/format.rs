//! The bytes of BTF: a table of types that name each other by number, and their names.
//!
//! As described in the kernel's Documentation/bpf/btf.rst. Beside the bytes, which are not copied,
//! four bytes are kept for each type, which takes at least twelve.

use std::borrow::Cow;

use crate::dwarf::Refusal;
use crate::dwarf::unit::printable;

/// What a type is, by the numbers of the format.
pub(in crate::dwarf::btf) mod kind {
    pub(in crate::dwarf::btf) const VOID: u8 = 0;
    pub(in crate::dwarf::btf) const INT: u8 = 1;
    pub(in crate::dwarf::btf) const POINTER: u8 = 2;
    pub(in crate::dwarf::btf) const ARRAY: u8 = 3;
    pub(in crate::dwarf::btf) const STRUCT: u8 = 4;
    pub(in crate::dwarf::btf) const UNION: u8 = 5;
    pub(in crate::dwarf::btf) const ENUM: u8 = 6;
    pub(in crate::dwarf::btf) const FORWARD: u8 = 7;
    pub(in crate::dwarf::btf) const TYPEDEF: u8 = 8;
    pub(in crate::dwarf::btf) const VOLATILE: u8 = 9;
    pub(in crate::dwarf::btf) const CONST: u8 = 10;
    pub(in crate::dwarf::btf) const RESTRICT: u8 = 11;
    pub(in crate::dwarf::btf) const FUNCTION: u8 = 12;
    pub(in crate::dwarf::btf) const PROTOTYPE: u8 = 13;
    pub(in crate::dwarf::btf) const VARIABLE: u8 = 14;
    pub(in crate::dwarf::btf) const SECTION: u8 = 15;
    pub(in crate::dwarf::btf) const FLOAT: u8 = 16;
    pub(in crate::dwarf::btf) const DECLARATION_TAG: u8 = 17;
    pub(in crate::dwarf::btf) const TYPE_TAG: u8 = 18;
    pub(in crate::dwarf::btf) const ENUM_64: u8 = 19;
}

/// Bytes of the part that every type has.
const FIXED: usize = 12;

/// One type as it is written.
#[derive(Clone, Copy)]
pub(super) struct Type<'a> {
    /// One of [`kind`].
    pub(super) kind: u8,
    name: u32,
    /// Of a struct: members may be bit-fields; of an enum: values have a sign.
    pub(super) flag: bool,
    /// How many members, values or parameters.
    pub(super) count: usize,
    /// Bytes, or the number of another type.
    pub(super) size_or_type: u32,
    /// What follows: members, values, the element of an array.
    rest: &'a [u8],
    little: bool,
}

impl Type<'_> {
    /// The number at this place, counted in numbers, of what follows the fixed part.
    pub(super) fn number(&self, at: usize) -> u32 {
        word(self.rest, at * 4, self.little).unwrap_or(0)
    }
}

/// The types of one blob.
struct Blob<'a> {
    types: &'a [u8],
    strings: &'a [u8],
    little: bool,
    /// Where each type starts.
    starts: Vec<u32>,
    /// The number of its first type, and the place of its first name.
    first: u32,
    first_string: u32,
}

/// All types: those of a kernel, and those of a module, whose numbers go on where the kernel's end.
pub(super) struct Table<'a> {
    blobs: Vec<Blob<'a>>,
}

/// Whether these bytes are BTF.
pub(super) fn is_btf(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x9f, 0xeb]) || bytes.starts_with(&[0xeb, 0x9f])
}

/// Whether these bytes hold only what is not in some other BTF; that one's names start with an empty
/// one.
pub(super) fn is_split(bytes: &[u8]) -> bool {
    sections(bytes).is_ok_and(|(_, strings, _)| strings.first().is_some_and(|&byte| byte != 0))
}

impl<'a> Table<'a> {
    /// The types of `base`, if there is one, and those of `bytes`.
    pub(super) fn new(base: Option<&'a [u8]>, bytes: &'a [u8]) -> Result<Table<'a>, Refusal> {
        let mut table = Table { blobs: Vec::new() };
        for bytes in base.into_iter().chain([bytes]) {
            let (types, strings, little) = sections(bytes)?;
            let (first, first_string) = match table.blobs.last() {
                Some(blob) => (table.len(), blob.first_string + blob.strings.len() as u32),
                None => (1, 0),
            };
            let starts = starts(types, little)?;
            table.blobs.push(Blob { types, strings, little, starts, first, first_string });
        }
        Ok(table)
    }

    /// How many bytes describe the types.
    pub(super) fn bytes(&self) -> usize {
        self.blobs.iter().map(|blob| blob.types.len() + blob.strings.len()).sum()
    }

    /// One more than the number of the last type.
    pub(super) fn len(&self) -> u32 {
        self.blobs.last().map_or(1, |blob| blob.first + blob.starts.len() as u32)
    }

    /// The number of the first type that is not of the base.
    pub(super) fn own(&self) -> u32 {
        self.blobs.last().map_or(1, |blob| blob.first)
    }

    /// The type of this number; 0 is `void`.
    pub(super) fn get(&self, number: u32) -> Result<Type<'a>, Refusal> {
        let none = || Refusal::damaged(format!("there is no type of the number {number}"));
        if number == 0 {
            let (kind, name, size_or_type) = (kind::VOID, 0, 0);
            return Ok(Type {
                kind,
                name,
                flag: false,
                count: 0,
                size_or_type,
                rest: &[],
                little: true,
            });
        }
        let blob = self.blobs.iter().rev().find(|blob| number >= blob.first).ok_or_else(none)?;
        let start = *blob.starts.get((number - blob.first) as usize).ok_or_else(none)?;
        type_at(blob.types, start as usize, blob.little)
    }

    /// The name of a type; empty if it has none.
    pub(super) fn name(&self, of: &Type<'a>) -> Cow<'a, str> {
        printable(self.string(of.name))
    }

    /// The name at this place.
    pub(super) fn text(&self, at: u32) -> Cow<'a, str> {
        printable(self.string(at))
    }

    fn string(&self, at: u32) -> &'a [u8] {
        let blob = self.blobs.iter().rev().find(|blob| at >= blob.first_string);
        let rest = blob.and_then(|blob| blob.strings.get((at - blob.first_string) as usize..));
        rest.and_then(|rest| rest.split(|&byte| byte == 0).next()).unwrap_or_default()
    }

    /// Whether every name of a type of the last blob is a whole one: with another base than that
    /// which it was made for, they start anywhere.
    pub(super) fn fits(&self) -> bool {
        let whole = |at: u32| {
            let blob = self.blobs.iter().rev().find(|blob| at >= blob.first_string);
            let found = blob.map(|blob| (blob.strings, (at - blob.first_string) as usize));
            found.is_some_and(|(strings, at)| {
                at < strings.len() && (at == 0 || strings[at - 1] == 0)
            })
        };
        (self.own()..self.len()).all(|number| self.get(number).is_ok_and(|of| whole(of.name)))
    }
}

/// The types, the names, and whether numbers have their low byte first.
fn sections(bytes: &[u8]) -> Result<(&[u8], &[u8], bool), Refusal> {
    let little = bytes.starts_with(&[0x9f, 0xeb]);
    let short = || Refusal::damaged("the BTF ends too early");
    let version = *bytes.get(2).ok_or_else(short)?;
    if version != 1 {
        return Err(Refusal::missing(format!(
            "the BTF is of version {version}, and only version 1 is read: give the kernel's own \
             debug information (DWARF)"
        )));
    }
    let number = |at| word(bytes, at, little).map(|number| number as usize).ok_or_else(short);
    let header = number(4)?;
    let part = |at: usize| {
        let from = header.checked_add(number(at)?).ok_or_else(short)?;
        let to = from.checked_add(number(at + 4)?).ok_or_else(short)?;
        bytes.get(from..to).ok_or_else(short)
    };
    Ok((part(8)?, part(16)?, little))
}

/// Where each type starts.
fn starts(types: &[u8], little: bool) -> Result<Vec<u32>, Refusal> {
    let mut starts = Vec::new();
    let mut at = 0;
    while at < types.len() {
        starts.push(at as u32);
        at += FIXED + type_at(types, at, little)?.rest.len();
    }
    Ok(starts)
}

fn type_at(types: &[u8], at: usize, little: bool) -> Result<Type<'_>, Refusal> {
    let short = || Refusal::damaged("a type reaches beyond the end of the BTF");
    let number = |place| word(types, at + place, little).ok_or_else(short);
    let (name, info, size_or_type) = (number(0)?, number(4)?, number(8)?);
    let (kind, count) = ((info >> 24 & 0x1f) as u8, (info & 0xffff) as usize);
    let length = match kind {
        kind::INT | kind::VARIABLE | kind::DECLARATION_TAG => 4,
        kind::ARRAY => 12,
        kind::STRUCT | kind::UNION | kind::SECTION | kind::ENUM_64 => 12 * count,
        kind::ENUM | kind::PROTOTYPE => 8 * count,
        kind::POINTER
        | kind::FORWARD
        | kind::TYPEDEF
        | kind::VOLATILE
        | kind::CONST
        | kind::RESTRICT
        | kind::FUNCTION
        | kind::FLOAT
        | kind::TYPE_TAG => 0,
        other => {
            return Err(Refusal::missing(format!(
                "the BTF holds a kind of type ({other}) that is not known here: give the kernel's \
                 own debug information (DWARF)"
            )));
        }
    };
    let rest = types.get(at + FIXED..at + FIXED + length).ok_or_else(short)?;
    Ok(Type { kind, name, flag: info >> 31 == 1, count, size_or_type, rest, little })
}

fn word(bytes: &[u8], at: usize, little: bool) -> Option<u32> {
    let bytes = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
}
