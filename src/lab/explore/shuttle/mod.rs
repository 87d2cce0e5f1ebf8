//! Searches on shuttle: one driver, and a policy for each way to choose the next thread.

pub(crate) mod driver;
mod limits;
pub(crate) mod policy;
pub(in crate::explore) mod pool;
pub(in crate::explore) mod repeat;
pub(crate) mod replay;
pub(crate) mod report;
pub(crate) mod rounds;
pub(in crate::explore) mod together;
