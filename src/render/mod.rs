//! What the command line prints: stories, tables, pictures and JSON. The words of a report itself
//! are in the room `words`.

#[cfg(feature = "exercises")]
pub mod class;
pub mod cost;
pub mod curve;
pub mod detectors;
#[cfg(feature = "exercises")]
pub mod exercise;
pub mod histogram;
pub mod json;
pub mod layout;
pub mod run;
pub mod source;
#[cfg(feature = "exercises")]
pub mod stage;
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
