//! racelab puts one small piece of concurrent Rust under five instruments: hardware, layout,
//! two model checkers, and your own hands.

pub mod command;
pub mod cost;
pub mod layout;
pub mod race;
pub mod render;

pub use race::{Actor, Grade, Meaning, Outcome, Race, Saw, actor};
