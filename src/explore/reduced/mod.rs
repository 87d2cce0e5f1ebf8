//! The reduced search: every class of equivalent interleavings, about once.

mod dependence;
mod policy;
mod sabotage;
mod simplest;
#[cfg(test)]
mod tests;
mod trace;

pub(crate) use policy::{Reduced, Unfit};
