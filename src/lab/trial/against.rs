//! A structure against its specification in a child process.

use std::time::Duration;

use anyhow::Context as _;

use super::{Launch, Task, death, in_child};
use serde::{Deserialize, Serialize};

use crate::against::{Calls, Limits, Tested};
use crate::explore::Engine;
use crate::foreign;
use crate::report::{Death, Kind};

/// A child may take so much longer than its limits: to show what it found.
const GRACE: Duration = Duration::from_secs(5);

/// How a child died, and in which scenario, if it had begun one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DiedIn {
    /// The calls of the scenario.
    pub calls: Option<Calls>,
    /// What kind of failure it is.
    pub kind: Kind,
    /// How it died.
    pub how: Death,
}

/// Tries scenarios generated from the specification of the one that is called so, in a child; or how
/// the child died. `watch` is told now and then how many executions there have been.
///
/// # Errors
/// When no child can be started or no file be written.
pub fn run_against(
    scenario: &str,
    engine: &'static dyn Engine,
    limits: &Limits,
    launch: &Launch,
    watch: &dyn Fn(u64),
) -> anyhow::Result<Result<Tested, Box<DiedIn>>> {
    let (name, deadline) = (engine.name().to_string(), limits.time + limits.each + GRACE);
    let task = Task::Against(scenario.to_string(), name, limits.clone());
    let child = in_child(&task, launch, deadline, watch)?;
    match &child.answer {
        Some(tested) => foreign::read(tested).context("cannot understand it").map(Ok),
        None => {
            let (kind, how) = death::death(&child, deadline, Some(engine), true);
            let calls = child.doing.and_then(|calls| foreign::read(&calls).ok());
            Ok(Err(Box::new(DiedIn { calls, kind, how })))
        }
    }
}
