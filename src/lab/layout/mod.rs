//! The nouns of a layout: a type, its fields in bytes, who writes them, and the words that threads
//! share on purpose.

mod declare;
mod indexed;
pub mod names;
mod place;
mod types;
pub mod word;

pub use indexed::{Index, Step, steps};
pub use place::Places;
pub use types::{
    Bits, Declared, ElementWriter, FieldLayout, Language, Repeat, Role, Source, TypeKind,
    TypeLayout, Variant,
};
pub use word::Word;
