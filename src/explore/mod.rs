//! Explorations: each runs a scenario many times and returns what it found. None of them prints.

pub mod alone;
pub mod conduct;
pub(crate) mod execution;
pub(crate) mod loom;
pub(crate) mod panics;
pub(crate) mod progress;
mod reduced;
pub(crate) mod shuttle;
mod surveyed;
pub(crate) mod tally;
pub(crate) mod trace;

mod budget;
mod instance;
pub mod native;
mod repeat;
pub mod search;
mod second_look;
mod show;
mod sighted;
mod spots;
pub mod weaken;

pub use budget::Budget;
#[doc(hidden)]
pub use instance::{actors, assertions, cases, code, fields, layouts, run_in_loom, run_in_shuttle};
