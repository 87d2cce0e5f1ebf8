//! Real threads on this machine: how often each outcome comes up here, and what sharing a line costs.

mod batch;
mod crew;
mod gate;
mod leader;
mod notes;
mod pace;
mod patience;
mod random;
mod restless;
mod tally;

pub mod clock;
pub mod cpu;
pub mod driver;
pub mod report;
pub mod spread;
