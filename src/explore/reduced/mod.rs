//! The reduced search: every class of equivalent interleavings, about once.

mod dependence;
mod policy;
mod simplest;
mod trace;

pub(crate) use policy::{Reduced, Unfit};
