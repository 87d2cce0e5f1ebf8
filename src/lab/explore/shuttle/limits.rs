//! How far an exploration on shuttle may go, and why it has ended.

use std::time::Duration;

/// How far an exploration may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) executions: u64,
    pub(crate) time: Duration,
    /// Steps in one execution.
    pub(crate) steps: usize,
    /// Ends at the first failure.
    pub(crate) first: bool,
    /// Ends when a thread that yields has used up its free yields.
    pub(crate) free: bool,
}

/// Why no further execution was begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// The policy has no more.
    Exhausted,
    Executions,
    Time,
    FirstFailure,
    /// The program looks at the counts of an `Arc`, which were no operations here.
    Counts,
    /// A thread that yielded was held up.
    HeldUp,
}
