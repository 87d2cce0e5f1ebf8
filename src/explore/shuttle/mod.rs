//! Explorations on shuttle: one driver, and a policy for each way to choose the next thread.

pub(crate) mod bounded;
pub(crate) mod chance;
pub(crate) mod driver;
mod limits;
pub(crate) mod policy;
pub(crate) mod replay;
pub(crate) mod rounds;
