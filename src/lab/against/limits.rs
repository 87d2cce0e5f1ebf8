//! How large generated scenarios are, and how long they are tried.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The limits of a search through scenarios, with their defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Limits {
    /// Wall time for one engine. Each shape gets an equal share of what is left.
    pub time: Duration,
    /// Wall time for one scenario.
    pub each: Duration,
    /// Executions under one engine, shared as the time is: where it ends a search that is the same
    /// on every machine.
    pub executions: u64,
    /// Executions of one scenario.
    pub executions_of_one: u64,
    /// Threads at most: 2 or 3.
    pub threads: usize,
    /// Calls of all threads together, and before them, at most.
    pub calls: usize,
    /// Calls of one thread beside others of several.
    pub calls_of_one: usize,
    /// So often one thread calls beside another that calls once.
    pub lopsided: usize,
    /// Calls before the threads start, at most.
    pub first: usize,
    /// Scenarios of one shape: where there are more, so many are drawn.
    pub of_a_shape: usize,
    /// Draws them.
    pub seed: u64,
}

impl Default for Limits {
    /// 10 s, 2 s a scenario, and no end of executions before that; 5 calls of 3 threads, 3 of one,
    /// 9 beside 1, 1 before.
    fn default() -> Limits {
        Limits {
            time: Duration::from_secs(10),
            each: Duration::from_secs(2),
            executions: 50_000_000,
            executions_of_one: 50_000_000,
            threads: 3,
            calls: 5,
            calls_of_one: 3,
            lopsided: 9,
            first: 1,
            of_a_shape: 300,
            seed: 1,
        }
    }
}
