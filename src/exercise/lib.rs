//! Exercises: packs of them, the folder a student works in, what was found of a solution, and how
//! far somebody has come.

pub mod against;
mod atomic;
pub mod attack;
pub mod build;
mod careful;
pub mod class;
mod embedded;
pub mod found;
pub mod handin;
pub mod manifest;
pub mod mark;
pub mod new_demo;
pub mod pack;
pub mod program;
pub mod progress;
pub mod proof;
pub mod stage;
pub mod template;
pub mod vendor;
pub mod workspace;

pub use pack::{Exercise, Pack};
pub use progress::Progress;
pub use workspace::Workspace;

/// This crate's own source, packed by `racelab-source`.
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));
