//! An execution made by hand: one step after another, as a person chooses.
//!
//! A [`Hand`] has a program and a memory model. A [`Position`] is where some moves lead: what was
//! done so far, and what each thread could do next. Nothing is kept between two positions: each is
//! reached by running the program anew, so a step back is one move less.

mod buffers;
mod find;
mod follow;
pub mod moves;
mod position;
mod sc;
pub mod token;
mod x86;

pub use super::steered::{How, Move};
pub use find::Goal;
pub use position::{Came, Hand, Next, Offer, Position, places};
#[cfg(test)]
pub(in crate::explore) use {sc::Interleaving, x86::OnX86};
