//! Reports put into text and JSON: every word a person reads about a race is chosen here.

#[cfg(feature = "exercises")]
pub mod class;
pub mod cost;
pub mod curve;
pub mod detectors;
#[cfg(feature = "exercises")]
pub mod exercise;
mod grid;
pub mod histogram;
pub mod interleaving;
pub mod json;
pub mod layout;
pub mod number;
mod page;
pub mod plain;
pub mod report;
pub mod run;
#[cfg(test)]
pub(crate) mod samples;
pub mod sight;
pub mod source;
mod step;
pub mod verdict;
pub mod weaken;

#[cfg(all(feature = "cli", feature = "asm"))]
pub mod asm;
#[cfg(feature = "cli")]
mod diff;
#[cfg(feature = "cli")]
pub mod markdown;
#[cfg(feature = "cli")]
mod reordering;
#[cfg(feature = "cli")]
pub mod story;

pub use page::{Ink, Page};
