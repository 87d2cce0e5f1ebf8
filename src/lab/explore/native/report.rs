//! What running a race on this machine has shown.

use serde::{Deserialize, Serialize};

use crate::report::MachineNote;
use std::time::Duration;

/// How often each outcome came up on this machine: evidence, never a proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NativeReport {
    /// How often all actors ran; the sum of `counts`.
    pub iterations: u64,
    /// How often each outcome came up, by its index.
    pub counts: Vec<u64>,
    /// How many iterations failed: with a forbidden outcome, or with a panic that the race does not
    /// allow.
    pub failing: u64,
    /// From before the threads were spawned until the first failure was known.
    pub first_failure: Option<Duration>,
    /// How many actors ended in a panic.
    pub panics: u64,
    /// What the first of them said, and where.
    pub panic: Option<String>,
    /// From before the threads were spawned until the last had ended.
    pub elapsed: Duration,
    /// The CPUs to run on, by the numbers of the operating system: one for each thread in turn, or,
    /// if there were fewer, all for all.
    pub cpus: Vec<usize>,
    /// Whether the threads were kept on these CPUs.
    pub pinned: bool,
    /// Whether there was a CPU for each actor; if not, they took turns.
    pub parallel: bool,
    /// Whether the race yielded at random before its operations, so that its rates say nothing about
    /// the code as written.
    pub amplified: bool,
    /// What all skews and yields of the driver follow from.
    pub seed: u64,
    /// What a reader has to know about these figures.
    pub notes: Vec<MachineNote>,
}
