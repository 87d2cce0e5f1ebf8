//! Layouts of any binary's types, read from its debug information (DWARF 2 to 5).

mod aggregate;
mod contents;
mod copies;
mod entries;
mod member;
mod name;
mod outline;
mod place;
mod refusal;
mod scan;
mod search;
mod sections;
mod size;
mod types;
mod unit;
mod variant;

pub use refusal::Refusal;
pub use search::{list, search, search_in};
