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
pub(in crate::explore) mod seen;
pub mod token;
mod x86;

pub use find::Goal;
pub use position::{Came, Hand, Next, Offer, Position};
#[cfg(test)]
pub(in crate::explore) use {sc::Interleaving, x86::OnX86};

/// A move: which thread goes on, by its number from 1, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Move {
    /// The actors in their order; threads that they start follow.
    pub thread: u8,
    /// How it goes on.
    pub how: How,
}

/// How a thread goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// It reads the newest there is, and its store is the last.
    Step,
    /// It reads a store so much older than the newest that it may read, or its store stands so many
    /// places before the last.
    Older(u8),
    /// What std allows without a reason happens: a weak exchange fails, one that waits wakes up.
    Whim,
    /// A store of its buffer reaches the memory: of those that can, the oldest or a later one.
    Drain(u8),
}
