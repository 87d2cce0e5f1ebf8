//! What a search on shuttle found, as a report: the same for each way to choose the next thread.

use super::driver::{Exploration, Limits, ShuttleStop};
use super::policy::Policy;
use crate::explore::engine::Engine;
use crate::explore::tally::Best;
use crate::explore::{Budget, show};
use crate::report::{End, Failure, Report, Stop, TooLong};
use crate::rt::allow::Allow;
use crate::rt::blocking::LATE;
use crate::rt::context::{self, CLOCKS};
use crate::scenario::Scenario;

/// The model that each of them decides is sequential consistency, and this is what it hides.
pub(crate) const BLIND_SPOT: &str =
    "reordering: in SC all threads agree on one order of all operations";
/// The stack of shuttle's threads, in KiB.
pub(crate) const STACK: u32 = 60;

/// How far a search may go that does not end at its first failure.
pub(crate) fn limits(budget: &Budget) -> Limits {
    Limits {
        executions: budget.executions,
        time: budget.time,
        steps: budget.steps,
        first: false,
        free: false,
    }
}

/// Under the race clocks, with this.
pub(crate) fn watching(allow: Allow) -> impl FnOnce(&mut context::Settings) {
    move |settings| {
        settings.watching = CLOCKS;
        settings.counting = false;
        settings.finer = context::Finer::default();
        settings.allow = allow;
    }
}

/// Explores; once more with what the program turned out to need: the counts of `Arc`s as words, if
/// it looks at one, the end of a thread as a step, if it asks for it. What is
/// set for that stays set: an execution is shown as it was explored.
pub(crate) fn counted<P>(explore: impl Fn() -> Exploration<P>) -> Exploration<P> {
    loop {
        let found = explore();
        if found.stop != Some(ShuttleStop::Counts) {
            return found;
        }
        context::with(|context| {
            let settings = context.settings();
            let counting = settings.counting || found.counts;
            let finer = settings.finer.and(found.wants);
            context.set(context::Settings { counting, finer, ..settings })
        });
    }
}

/// Schedules of a policy that has no end and is told a seed, within the budget.
pub(crate) fn by_chance<P: Policy + 'static>(
    engine: &dyn Engine,
    scenario: &Scenario,
    budget: &Budget,
    first: bool,
    policy: impl Fn() -> P,
) -> Report {
    context::within(watching(Allow::ALL), || {
        let limits = Limits { first, ..limits(budget) };
        let found = counted(|| {
            Exploration::new(policy(), scenario.outcomes(), limits).run(scenario.under("shuttle"))
        });
        let report = report(engine, scenario, budget, found, None);
        Report { seed: Some(budget.seed), ..report }
    })
}

/// The report on what was found; `simplest` is the failure to show, where the policy knows a
/// simpler one than the tally.
pub(crate) fn report<P>(
    engine: &dyn Engine,
    scenario: &Scenario,
    budget: &Budget,
    found: Exploration<P>,
    simplest: Option<Best<Vec<u8>>>,
) -> Report {
    let seconds = found.tally.elapsed().as_secs_f64();
    let timeouts = found.late.then_some(LATE);
    let end = match found.stop {
        _ if found.tally.truncated > 0 => End::Truncated(TooLong {
            steps: budget.steps as u64,
            broken_off: Some((found.tally.truncated, found.tally.executions)),
        }),
        Some(ShuttleStop::Exhausted) => End::Complete,
        Some(ShuttleStop::Executions) => End::Cut(Stop::Executions(budget.executions)),
        Some(ShuttleStop::FirstFailure) => End::Cut(Stop::FirstFailure),
        Some(ShuttleStop::Counts) => End::Cut(Stop::Finer),
        Some(ShuttleStop::HeldUp) => End::Cut(Stop::HeldUp),
        Some(ShuttleStop::Time) | None => End::Cut(Stop::Time(budget.time.as_secs_f64())),
    };
    let show = |best: &Best<Vec<u8>>| show::scheduled(scenario, budget, best);
    let failure = simplest.as_ref().map(show).filter(|failure| !failure.steps.is_empty());
    let failure = failure.or_else(|| found.tally.best.as_ref().map(show));
    let mut report = found.tally.report(engine, end);
    report.bounds.timeouts = timeouts;
    Report { failure, seconds, ..report }
}

/// Runs again what a search on shuttle has shown.
pub(crate) fn replay(scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
    let best = show::best(shown)?;
    context::within(watching(best.0.allow), || {
        context::with(|context| {
            let settings = context.settings();
            context.set(context::Settings { counting: best.1, finer: best.2, ..settings })
        });
        Some(show::scheduled(scenario, budget, &best.0))
    })
}
