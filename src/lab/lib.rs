//! racelab puts one small piece of concurrent Rust under five instruments: hardware, layout,
//! two model checkers, and your own hands.

// The macros say `racelab::...`, inside this crate and outside it.
extern crate self as racelab;

pub mod alarm;
mod check;
pub mod contradiction;
pub mod cost;
pub mod explore;
pub mod fields;
pub mod layout;
pub mod op;
mod outcome;
pub mod race;
pub mod report;
pub mod rt;
pub mod scenario;
pub mod sight;
pub mod trial;
pub mod words;

#[doc(hidden)]
pub use memoffset;

pub use check::{Checked, check, check_within, explore as explore_both, explore_with};
pub use explore::{Budget, Engine, Engines};
pub use fields::Fields;
pub use outcome::{Grade, Meaning, Outcome};
pub use race::{Actor, AtMost, Case, Detector, Race, Saw, Speaks, actor};
pub use report::{Model, Report, Verdict};
pub use scenario::{Scenario, Source};

/// This crate's own source, packed by `racelab-source`.
#[cfg(feature = "source")]
pub const SOURCE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/source.bin"));
