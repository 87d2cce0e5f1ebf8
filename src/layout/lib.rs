//! Which bytes a value is made of, which cache line they lie in, and who writes them.

pub mod access;
pub mod array;
pub mod audit;
pub mod cache_line;
pub mod diff;
pub mod dwarf;
pub mod find;
pub mod findings;
pub mod holes;
mod judged;
pub mod measure;
pub mod nearest;
pub mod perf;
pub mod phase;
pub mod placement;
pub mod registered;
pub mod sharing;
pub mod suggest;
pub mod verify;
pub mod words;

pub use judged::Judged;
pub use racelab::layout::{
    Bits, Declared, ElementWriter, FieldLayout, Language, Repeat, Role, Source, TypeKind,
    TypeLayout, Variant, Word, names, word,
};

/// This crate's own source, packed by `racelab-source`.
#[cfg(feature = "source")]
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));
