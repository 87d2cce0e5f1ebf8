//! The second look of the reduced search: with what std allows without a reason.
//!
//! A weak exchange may fail, a thread may wake that nobody woke, a writer that waits may hold up new
//! readers, and `yield_now` may return at once. The first look leaves all of that out, and its
//! figures are those of the lessons; what passes there is looked at again with each of it.

use std::time::{Duration, Instant};

use super::Reduced;
use super::row::{REDUCED, look, simplest};
use crate::explore::Budget;
use crate::explore::shuttle::driver::{Exploration, Limits, ShuttleStop};
use crate::explore::shuttle::report::{self, limits};
use crate::report::{End, Report, Unreasonable};
use crate::rt::allow::{Allow, Deeds};
use crate::rt::context;
use crate::scenario::Scenario;

/// With so many free yields of each thread a program whose loops give up is explored to its end,
/// and a loop that waits is known as one.
const MANY: u32 = 8;
/// So many where a loop waits: it goes round this often although nothing has changed.
const FEW: u32 = 2;
/// So many executions are tried with `MANY`, before a loop is taken for one that waits.
const TRIED_WITH_MANY: u64 = 20_000;

/// Looks again, unless such a program can meet nothing of it, and adds what is seen to a report
/// that has found nothing.
pub(super) fn add(
    scenario: &Scenario,
    budget: &Budget,
    first: bool,
    does: Deeds,
    report: &mut Report,
) {
    let many = MANY.max(context::with(|context| context.settings().patience));
    let Some(allow) = does.allow(many) else { return };
    // The time is that of all looks.
    let began = Instant::now();
    let left = budget.time.saturating_sub(Duration::from_secs_f64(report.seconds));
    let limits = limits(budget);
    let left = || Limits { time: left.saturating_sub(began.elapsed()), first, ..limits };
    // Where no loop waits there is no second attempt, and this one has all there is.
    let most = if allow.yields > 0 { TRIED_WITH_MANY } else { u64::MAX };
    let executions = limits.executions.min(most);
    let found = looks(scenario, allow, Limits { free: true, executions, ..left() });
    let waits = allow.yields > 0
        && !matches!(found.stop, Some(ShuttleStop::Exhausted | ShuttleStop::FirstFailure));
    let (found, allow) = match does.allow(FEW).filter(|_| waits) {
        Some(few) => (looks(scenario, few, left()), few),
        None => (found, allow),
    };
    let seen =
        context::within(|settings| settings.allow = allow, || seen(scenario, budget, allow, found));
    let (seen, unreasonable) = seen;
    report.seconds += unreasonable.seconds;
    if unreasonable.failing > 0 {
        report.failure = seen.failure;
        report.first_failure_seconds = seen.first_failure_seconds;
    } else if unreasonable.end != End::Complete {
        report.end = unreasonable.end.clone();
    }
    report.unreasonable = Some(unreasonable);
}

fn looks(scenario: &Scenario, allow: Allow, limits: Limits) -> Exploration<Reduced> {
    context::within(|settings| settings.allow = allow, || look(scenario, limits))
}

fn seen(
    scenario: &Scenario,
    budget: &Budget,
    allow: Allow,
    found: Exploration<Reduced>,
) -> (Report, Unreasonable) {
    let (distinct, failing) = (found.policy.distinct(), found.policy.failing());
    let held_up = found.held_up;
    let simplest = simplest(&found);
    let report = report::report(REDUCED, scenario, budget, found, simplest);
    let unreasonable = Unreasonable {
        failures: allow.failures,
        wakeups: allow.wakeups,
        writers_first: allow.writers_first,
        returns: allow.yields > 0,
        yields: held_up.then_some(allow.yields),
        end: report.end.clone(),
        executions: report.executions,
        distinct,
        failing,
        outcomes: report.outcomes.clone(),
        seconds: report.seconds,
    };
    (report, unreasonable)
}
