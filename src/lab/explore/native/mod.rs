//! Real threads on this machine: how often each outcome comes up here, and what sharing a line costs.
//!
//! [`driver::run`] runs a [`Race`](crate::Race) and counts its outcomes; [`sharing::measure`] measures
//! the variants of a [`Cost`](crate::cost::Cost) against each other. What comes out is evidence, and
//! never a proof: an outcome that did not come up may come up tomorrow.

mod batch;
mod crew;
mod gate;
mod leader;
mod notes;
mod pace;
mod patience;
mod plan;
mod random;
mod referee;
mod restless;
mod row;
mod settings;
mod tally;
mod windows;

pub mod clock;
pub mod cpu;
pub mod curves;
pub mod driver;
pub mod figures;
pub mod latency;
pub mod report;
pub mod sharing;
pub mod spread;
pub mod window;

pub use row::{AMPLIFIED, NATIVE};
