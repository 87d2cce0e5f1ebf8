//! The nouns of a layout: a type, its fields in bytes, who writes them, and the words that threads
//! share on purpose.

mod declare;
pub mod names;
mod types;
pub mod word;

pub use types::{Bits, FieldLayout, Repeat, Source, TypeKind, TypeLayout, Variant};
pub use word::Word;
