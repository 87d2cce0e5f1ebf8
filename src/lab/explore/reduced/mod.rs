//! The reduced search: every class of equivalent interleavings, about once.

mod crew;
mod dependence;
mod policy;
mod repeat;
mod row;
mod sabotage;
mod second_look;
mod simplest;
#[cfg(test)]
mod tests;
mod together;
mod trace;

pub(crate) use policy::{Reduced, Unfit};
pub use row::REDUCED;
use together::explore;
