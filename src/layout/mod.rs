//! Which bytes a value is made of, which cache line they lie in, and who writes them.

pub mod access;
pub mod cache_line;
mod declare;
pub mod diff;
#[cfg(feature = "dwarf")]
pub mod dwarf;
pub mod find;
pub mod findings;
pub mod holes;
mod judged;
pub mod measure;
pub mod names;
pub mod nearest;
pub mod phase;
pub mod registered;
pub mod sharing;
pub mod suggest;
mod types;
#[cfg(feature = "dwarf")]
pub mod verify;
pub mod word;

pub use judged::Judged;
pub use types::{Bits, FieldLayout, Kind, Repeat, Source, TypeLayout, Variant};
pub use word::Word;
