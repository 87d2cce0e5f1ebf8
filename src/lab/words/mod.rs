//! Reports as text, as a failing test prints them: every word about a race is chosen here.

pub mod against;
mod grid;
pub mod interleaving;
pub mod note;
pub mod number;
mod page;
pub mod plain;
pub mod report;
pub mod samples;
pub mod sight;
pub mod step;
pub mod stop;
pub mod verdict;
pub mod weaken;
pub mod why;

pub use page::{Ink, Page, pad, width};
