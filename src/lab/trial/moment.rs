//! A moment on real threads, for a version that the checkers pass: does the machine agree?

use std::time::Duration;

use super::{Job, Launch};
use crate::contradiction;
use crate::explore::{Budget, NATIVE};
use crate::report::{Report, Verdict};
use crate::second::deciding;

/// How long real threads run.
const MOMENT: Duration = Duration::from_millis(10);
/// Threads that have not ended so long afterwards hang: a busy machine takes its time.
const GRACE: Duration = Duration::from_secs(10);

/// Runs a scenario that may run on real threads there for a moment, in a child, where these reports
/// on it all pass, and holds what it shows against them; what it has `shown` already will do as
/// well. Returns what it showed; nothing where one does not pass, or a user set a bound.
///
/// # Errors
/// As [`run`](super::run).
pub fn confront(
    scenario: &str,
    reports: &mut [Report],
    budget: &Budget,
    launch: &Launch,
    shown: Option<Report>,
) -> anyhow::Result<Option<Report>> {
    if !asks(reports, budget) {
        return Ok(None);
    }
    let job = Job { scenario: scenario.to_string(), engine: NATIVE, budget: of(budget) };
    let machine = match shown {
        Some(machine) => machine,
        None => super::run(&job, &Launch { grace: GRACE, ..launch.clone() }, &|_| {})?,
    };
    contradiction::confront(reports, &machine);
    Ok(Some(machine))
}

/// Whether the machine has anything to say to these reports.
pub(crate) fn asks(reports: &[Report], budget: &Budget) -> bool {
    let passed = |report: &Report| report.verdict() == Verdict::Passed;
    budget.preemptions.is_none() && !reports.is_empty() && deciding(reports).all(passed)
}

/// The budget of such a moment.
pub(crate) fn of(budget: &Budget) -> Budget {
    Budget { time: MOMENT, ..budget.clone() }
}
