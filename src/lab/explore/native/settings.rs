//! How to run a race on real threads.

use super::cpu;
use std::time::Duration;

/// How to run a race.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long to run, at least 5 ms. The batch under way is finished.
    pub budget: Duration,
    /// What the skews and yields follow from. The same seed does not give the same outcomes: the
    /// machine has a say.
    pub seed: u64,
    /// Stop after the first batch with a failure: a forbidden outcome, or a panic that the race does
    /// not allow.
    pub stop_at_failure: bool,
    /// Whether the race was made by the amplified runtime, which yields inside the actors.
    pub amplified: bool,
    /// The CPUs to run on, in the order of use; not empty.
    pub cpus: Vec<usize>,
}

impl Default for Settings {
    /// One second, on the CPUs that this process may use.
    fn default() -> Settings {
        Settings {
            budget: Duration::from_secs(1),
            seed: 0,
            stop_at_failure: false,
            amplified: false,
            cpus: cpu::allowed().to_vec(),
        }
    }
}
