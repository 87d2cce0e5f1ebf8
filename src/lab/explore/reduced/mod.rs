//! The reduced search: every class of equivalent interleavings, about once.

mod crew;
mod dependence;
mod policy;
mod sabotage;
mod simplest;
#[cfg(test)]
mod tests;
mod together;
mod trace;

pub(crate) use policy::{Reduced, Unfit};
pub(crate) use together::explore;
