//! racelab puts one small piece of concurrent Rust under five instruments: hardware, layout,
//! two model checkers, and your own hands.

// A demo says `racelab::...`, inside this crate and outside it.
extern crate self as racelab;

pub mod alarm;
#[cfg(feature = "asm")]
pub mod asm;
mod check;
pub mod contradiction;
pub mod cost;
pub mod demo;
#[cfg(feature = "demos")]
#[path = "../demos/mod.rs"]
pub mod demos;
#[cfg(feature = "exercises")]
pub mod exercise;
pub mod explore;
pub mod fields;
pub mod layout;
pub mod promise;
pub mod race;
pub mod render;
pub mod report;
pub mod rt;
pub mod scenario;
pub mod sight;
pub mod trial;
pub mod words;

#[doc(hidden)]
pub use memoffset;

pub use check::{Checked, check, check_within, explore as explore_both, explore_with};
#[cfg(feature = "demos")]
pub use demos::safe_map::map::native::source::SafeMap;
pub use explore::{Budget, Engine, Engines};
pub use fields::Fields;
pub use race::{Actor, AtMost, Case, Detector, Grade, Meaning, Outcome, Race, Saw, Speaks, actor};
pub use report::{Model, Report, Verdict};
pub use scenario::{Scenario, Source};
