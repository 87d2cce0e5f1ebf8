//! A look at what a program does, before or after it is explored.

use std::time::Duration;

use super::Budget;
use super::reduced::Reduced;
use super::shuttle::driver::{Exploration, Limits};
use super::shuttle::report::counted;
use crate::rt::context::{self, SURVEY};
use crate::rt::survey::{self, Survey};
use crate::scenario::Scenario;

/// Executions that are surveyed: enough to come by every place in a small program.
const SURVEYED: u64 = 2_000;

/// Looks at what a program does, over some of its executions.
pub(crate) fn survey(scenario: &Scenario) -> Survey {
    let limits = Limits {
        executions: SURVEYED,
        time: Duration::from_millis(200),
        steps: Budget::default().steps,
        first: false,
        free: false,
    };
    let policy = || Reduced::new(scenario.outcomes());
    context::within(
        |settings| settings.watching = SURVEY,
        || {
            let found = counted(|| {
                let _ = survey::take();
                Exploration::new(policy(), scenario.outcomes(), limits)
                    .run(scenario.under("shuttle"))
            });
            let ended = found.tally.executions - found.tally.truncated;
            let mut survey = survey::take();
            survey.ended = ended;
            survey
        },
    )
}
