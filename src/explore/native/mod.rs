//! Real threads on this machine: how often each outcome comes up here, and what sharing a line costs.

mod crew;
mod gate;
mod patience;
mod random;

pub mod clock;
pub mod cpu;
pub mod spread;
