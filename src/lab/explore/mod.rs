//! Explorations: each runs a scenario many times and returns what it found. None of them prints.

pub mod alone;
pub(crate) mod called;
pub mod conduct;
pub mod engine;
mod engines;
pub(crate) mod execution;
pub(crate) mod panics;
pub(crate) mod progress;
pub(crate) mod shuttle;
pub(crate) mod steps;
mod surveyed;
pub(crate) mod tally;

mod budget;
pub mod dealer;
pub mod hand;
mod letters;
mod missing;
pub(crate) mod patience;
pub mod search;
mod show;
pub(crate) mod sighted;
mod steered;
pub mod token;
pub(crate) mod unnamed;
pub mod weaken;

// Each of these is an engine, or several.
mod bounded;
mod graphs;
#[cfg(feature = "loom")]
mod loom;
pub mod native;
mod pct;
mod random;
mod reduced;

pub use bounded::BOUNDED;
pub use budget::Budget;
pub use engine::Engine;
pub use engines::Engines;
pub use graphs::{GRAPHS, RANDOM_GRAPHS};
#[cfg(feature = "loom")]
pub use loom::LOOM;
pub use native::{AMPLIFIED, NATIVE};
pub use pct::PCT;
pub use random::RANDOM;
pub use reduced::REDUCED;
