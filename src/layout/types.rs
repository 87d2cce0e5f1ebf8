//! The nouns of a layout: a type, and its fields in bytes.

/// Where a layout was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// `memoffset::span_of!` in this very binary.
    Memoffset,
    /// The debug information of a binary.
    Dwarf,
}

/// One field of a type. Offsets and sizes are bytes from the start of the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldLayout {
    /// As declared.
    pub name: String,
    /// The type's name, as the compiler gives it.
    pub type_name: String,
    /// First byte.
    pub offset: usize,
    /// Bytes; 0 for a zero-sized field.
    pub size: usize,
    /// The actors that write it, by name.
    pub writers: Vec<String>,
    /// The actors that only read it, by name.
    pub readers: Vec<String>,
}

/// The layout of one type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeLayout {
    /// The name a user types: `SafeMap`, `torn-header/broken Header`.
    pub name: String,
    /// Bytes.
    pub size: usize,
    /// Bytes.
    pub align: usize,
    /// Where this was read.
    pub source: Source,
    /// Sorted by offset.
    pub fields: Vec<FieldLayout>,
}
