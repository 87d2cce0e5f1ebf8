//! racelab puts one small piece of concurrent Rust under five instruments: hardware, layout,
//! two model checkers, and your own hands.

pub mod cost;
pub mod fields;
pub mod layout;
pub mod race;
pub mod rt;

#[doc(hidden)]
pub use memoffset;

pub use fields::Fields;
pub use race::{Actor, Grade, Meaning, Outcome, Race, Saw, actor};
