//! Layouts of any binary's types, read from its debug information: DWARF 2 to 5, or the BTF of a
//! Linux kernel.

mod aggregate;
mod align;
mod bases;
mod btf;
mod budget;
mod contents;
mod copies;
mod declared;
mod entries;
mod files;
mod found;
mod member;
mod name;
mod outline;
mod place;
mod refusal;
mod scan;
mod search;
mod sections;
mod signature;
mod size;
mod types;
mod unit;
mod variable;
mod variant;

pub use found::Found;
pub use refusal::Refusal;
pub use search::{list, read, read_in, search};
