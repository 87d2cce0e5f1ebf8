//! One scenario: what is called before the threads start, by each of them, and after they have ended.

use serde::{Deserialize, Serialize};

/// A call to be made: which operation, and with what.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Call {
    /// The number of the operation.
    pub operation: usize,
    /// Its arguments.
    pub arguments: Vec<u64>,
}

/// The calls of one scenario.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Program {
    /// Made before the threads start.
    pub first: Vec<Call>,
    /// Made by each thread, in its order.
    pub threads: Vec<Vec<Call>>,
    /// Made after all threads have ended.
    pub last: Vec<Call>,
}
