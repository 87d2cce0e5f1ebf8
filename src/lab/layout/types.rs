//! The nouns of a layout: a type, its fields in bytes, and what each field is for.

use std::ops::Range;
use std::sync::Arc;

use crate::layout::names::short;
use crate::layout::word::{Word, word_of};

/// Where a layout was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// `memoffset::span_of!` in this very binary.
    #[default]
    Memoffset,
    /// The debug information of a binary.
    Dwarf,
    /// What a Linux kernel says of itself, which tells neither alignments nor `_Atomic`.
    Btf,
}

/// How the fields of a type relate to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TypeKind {
    /// All fields are alive together.
    #[default]
    Struct,
    /// All fields start at the same byte and one is alive.
    Union,
    /// One of the variants is alive.
    Enum,
}

/// The bits of a bit-field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bits {
    /// First bit, from the start of the type.
    pub first: usize,
    /// How many bits it has.
    pub count: usize,
    /// Bytes of the type that it was declared with.
    pub unit: usize,
}

/// A field that holds the same type several times in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// How many times the type is repeated.
    pub count: usize,
    /// Bytes from one to the next.
    pub stride: usize,
}

/// The language a type was written in, as far as layouts and advice differ.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// Rust, which orders fields itself unless told `repr(C)`.
    #[default]
    Rust,
    /// C.
    C,
    /// C++.
    Cpp,
    /// Go.
    Go,
    /// Zig.
    Zig,
    /// D, whose classes need not end at a multiple of their alignment.
    D,
    /// Fortran, whose arrays count from one.
    Fortran,
    /// Any other.
    Other,
}

/// What a field is in its type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Declared by name.
    #[default]
    Member,
    /// A base class (C++), whose place no order of fields changes.
    Base,
    /// A virtual base (C++), which only a complete object holds at this place.
    VirtualBase,
    /// The pointer to the table of virtual functions, which the compiler places.
    VtablePointer,
    /// An array without a length at the end: what it holds lies behind the type.
    Flexible,
}

/// Where a type is declared: the path of the file as the compiler has it, and the line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Declared {
    /// `src/map.rs`, often with the folder it was built in before it.
    pub file: String,
    /// Counted from one.
    pub line: u32,
}

/// One field of a type. Offsets and sizes are bytes from the start of the type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldLayout {
    /// The name that it was declared with.
    pub name: String,
    /// The type's name, as the compiler gives it.
    pub type_name: String,
    /// Its first byte, from the start of the type.
    pub offset: usize,
    /// Bytes; 0 for a zero-sized field.
    pub size: usize,
    /// The actors that write it, by name.
    pub writers: Vec<String>,
    /// The actors that only read it, by name.
    pub readers: Vec<String>,
    /// Whether it is made for several threads: plain, atomic or lock.
    pub word: Word,
    /// Set for a bit-field only; `offset` and `size` then cover the bytes it touches.
    pub bits: Option<Bits>,
    /// Set for an array; of several dimensions, over all of them.
    pub repeat: Option<Repeat>,
    /// The length of each dimension, the outermost first, of an array that has more than one.
    pub shape: Vec<usize>,
    /// What it is in its type.
    pub role: Role,
    /// Its type is only announced in this binary: its size is what it takes up to the next field.
    pub announced: bool,
    /// The field's own type (an array's element), where its layout is known.
    pub inner: Option<Arc<TypeLayout>>,
}

impl FieldLayout {
    /// A field of type `type_name` in the bytes `span`; what kind of word it is follows from the
    /// type's name. Nobody is declared to write or read it yet.
    pub fn new(name: &str, type_name: &str, span: Range<usize>) -> FieldLayout {
        FieldLayout {
            name: name.to_owned(),
            type_name: type_name.to_owned(),
            offset: span.start,
            size: span.end - span.start,
            word: word_of(type_name),
            ..FieldLayout::default()
        }
    }

    /// The same field, written by these actors.
    pub fn written_by(mut self, actors: &[&str]) -> FieldLayout {
        self.writers = actors.iter().map(|&actor| actor.to_owned()).collect();
        self
    }

    /// The same field, read (and not written) by these actors.
    pub fn read_by(mut self, actors: &[&str]) -> FieldLayout {
        self.readers = actors.iter().map(|&actor| actor.to_owned()).collect();
        self
    }

    /// The first byte after the field.
    pub fn end(&self) -> usize {
        self.offset + self.size
    }

    /// Whether anyone said who writes or reads it.
    pub fn declared(&self) -> bool {
        !self.writers.is_empty() || !self.readers.is_empty()
    }
}

/// One variant of an enum.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variant {
    /// The name that it was declared with.
    pub name: String,
    /// What the tag holds when this variant is alive; `None` for the variant that is alive when
    /// the tag holds none of the others' values (it lives in a niche).
    pub tag_value: Option<String>,
    /// Sorted by offset.
    pub fields: Vec<FieldLayout>,
    /// The line of the source that it stands for: of a future's state, where it waits.
    pub line: Option<u32>,
}

/// A writer of single elements of arrays: `slots[i].n` is written by `thread i`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ElementWriter {
    /// The path with its indices: a number, `from..to`, or a variable, which stands for every
    /// element.
    pub path: String,
    /// The actor; a variable of the path in it stands for the index.
    pub writer: String,
}

/// The layout of one type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypeLayout {
    /// The name a user types: `SafeMap<u64, u64>`, `torn-header::broken::Header`.
    pub name: String,
    /// A registered type's whole path, as the compiler has it; empty where `name` is that.
    pub path: String,
    /// How many bytes the type takes.
    pub size: usize,
    /// What its address is a multiple of, in bytes.
    pub align: usize,
    /// The alignment is not stated in the binary; it follows from the fields and the size.
    pub inferred: bool,
    /// Where this was read.
    pub source: Source,
    /// Sorted by offset. Empty for an enum.
    pub fields: Vec<FieldLayout>,
    /// Struct, union or enum.
    pub kind: TypeKind,
    /// An enum's variants, in the order of declaration.
    pub variants: Vec<Variant>,
    /// Where an enum keeps which variant is alive; `None` with fewer than two variants.
    pub tag: Option<FieldLayout>,
    /// What it was written in.
    pub language: Language,
    /// Where it is declared, if that is known.
    pub declared: Option<Declared>,
    /// Who writes single elements of its arrays.
    pub elements: Vec<ElementWriter>,
    /// What else is known, one sentence each: the compiler, how many copies were found.
    pub notes: Vec<String>,
}

impl TypeLayout {
    /// The layout of `T` under the name a user types, read by `memoffset`; the fields in any order.
    pub fn registered<T>(name: &str, fields: Vec<FieldLayout>) -> TypeLayout {
        let size = [size_of::<T>(), align_of::<T>()];
        TypeLayout::sorted(name, std::any::type_name::<T>(), size, fields)
    }

    /// As [`TypeLayout::registered`]: what does not depend on the type, compiled once.
    pub(crate) fn sorted(
        name: &str,
        path: &str,
        [size, align]: [usize; 2],
        mut fields: Vec<FieldLayout>,
    ) -> TypeLayout {
        fields.sort_by_key(|field| (field.offset, field.size));
        let (name, path) = (name.to_owned(), path.to_owned());
        TypeLayout { name, path, size, align, fields, ..TypeLayout::default() }
    }

    /// The name as it is shown: of a registered type all of it, of any other without its path.
    pub fn title(&self) -> String {
        match self.source {
            Source::Memoffset => self.name.clone(),
            Source::Dwarf | Source::Btf => short(&self.name),
        }
    }
}
