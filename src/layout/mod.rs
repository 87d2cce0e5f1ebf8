//! Which bytes a value is made of, which cache line they lie in, and who writes them.

mod types;

pub use types::{FieldLayout, Source, TypeLayout};
