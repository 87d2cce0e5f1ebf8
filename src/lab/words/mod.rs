//! Reports put into text: every word about a race that a failing test prints is chosen here.

mod grid;
pub mod interleaving;
pub mod number;
mod page;
pub mod plain;
pub mod report;
pub mod samples;
pub mod sight;
pub mod step;
pub mod verdict;

pub use page::{Ink, Page};
