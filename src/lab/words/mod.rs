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

use crate::report::Engine;

/// An engine's name, as it is typed.
pub fn name(engine: Engine) -> &'static str {
    match engine {
        Engine::Native => "native",
        Engine::Amplified => "amplified",
        Engine::Reduced => "reduced",
        Engine::Bounded => "bounded",
        Engine::Random => "random",
        Engine::Pct => "pct",
        Engine::Loom => "loom",
    }
}
