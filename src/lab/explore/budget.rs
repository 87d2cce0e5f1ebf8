//! How far an exploration may go.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::report::Partition;

/// The limits that a user can set, with their defaults.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Wall time for one exploration.
    pub time: Duration,
    /// Executions in one exploration.
    pub executions: u64,
    /// Operations in one execution, before it is broken off.
    pub steps: usize,
    /// Preemptions in one execution; `None` for no bound.
    pub preemptions: Option<usize>,
    /// Where chance plays a part.
    pub seed: u64,
    /// This share of the whole, for engines that [divide](super::Engine::divides) it; `None` is the
    /// whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<Partition>,
}

impl Default for Budget {
    fn default() -> Self {
        Budget {
            time: Duration::from_secs(10),
            executions: 50_000_000,
            steps: 10_000,
            preemptions: None,
            seed: 1,
            partition: None,
        }
    }
}
