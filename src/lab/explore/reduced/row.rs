//! The reduced search as an engine: it looks twice, and says what its end is worth.

use super::{Reduced, Unfit, second_look};
use crate::explore::Budget;
use crate::explore::engine::Engine;
use crate::explore::shuttle::driver::{Exploration, Limits};
use crate::explore::shuttle::repeat;
use crate::explore::shuttle::report::{self, BLIND_SPOT, STACK, counted, limits, watching};
use crate::explore::shuttle::together::{Team, together};
use crate::explore::tally::Best;
use crate::explore::{bounded, pct, random};
use crate::race::{Meaning, UnderChecker};
use crate::report::{End, Failure, Model, Note, Report, Stop};
use crate::rt::allow::Allow;
use crate::rt::context;
use crate::scenario::Scenario;

/// Every class of equivalent interleavings, about once.
pub const REDUCED: &dyn Engine = &ReducedEngine;

struct ReducedEngine;

impl Engine for ReducedEngine {
    fn name(&self) -> &'static str {
        "reduced"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::Sc]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "every class of equivalent interleavings, under sequential consistency (SC)"
    }
    fn blind_spot(&self) -> &'static str {
        BLIND_SPOT
    }
    fn exhaustive(&self) -> bool {
        true
    }
    fn by_default(&self) -> bool {
        true
    }
    fn stack(&self) -> Option<u32> {
        Some(STACK)
    }
    /// Few preemptions first, then random schedules, then random priorities.
    fn successors(&self) -> &'static [&'static dyn Engine] {
        &[bounded::BOUNDED, random::RANDOM, pct::PCT]
    }
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        context::within(watching(Allow::default()), || look_twice(scenario, budget, first))
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        report::replay(scenario, budget, shown)
    }
}

/// Every class; then, if none fails, once more with what std allows without a reason.
fn look_twice(scenario: &Scenario, budget: &Budget, first: bool) -> Report {
    let limits = Limits { first, ..limits(budget) };
    let found = counted(|| look(scenario, limits));
    let (does, unfit) = (found.does, found.policy.unfit);
    let (distinct, failing) = (found.policy.distinct(), found.policy.failing());
    let (simplest, redundant) = (simplest(&found), found.policy.redundant);
    let mut report = report::report(REDUCED, scenario, budget, found, simplest);
    report.distinct = Some(distinct);
    report.failing = failing;
    report.reasonable = does.allow(1).is_none();
    if redundant > 0 {
        report.notes.push(Note::Redundant(redundant));
    }
    // A search of few executions may never have repeated anything.
    let differs = || repeat::first_difference(scenario, budget).map(Unfit::NotDeterministic);
    match unfit.or_else(|| (report.end == End::Complete).then(differs).flatten()) {
        None => {}
        Some(Unfit::Threads) => report.end = End::Cut(Stop::Threads(None)),
        Some(Unfit::NotDeterministic(step)) => {
            report.end = End::Cut(Stop::NotDeterministic(step + 1));
        }
    }
    if report.failure.is_none() && report.end == End::Complete {
        second_look::add(scenario, budget, first, does, &mut report);
    }
    report
}

/// The search itself, as it is set.
pub(super) fn look(scenario: &Scenario, limits: Limits) -> Exploration<Reduced> {
    let settings = context::with(|context| context.settings());
    let prepare = || drop(context::with(|context| context.set(settings.clone())));
    explore(Team::here(), scenario.outcomes(), limits, scenario.under("shuttle"), prepare)
}

/// Explores all of `race`. `prepare` is called first on each further thread.
pub(super) fn explore(
    team: Team,
    table: &'static [Meaning],
    limits: Limits,
    race: &'static dyn UnderChecker,
    prepare: impl Fn() + Sync,
) -> Exploration<Reduced> {
    // A choice that is to be tried both ways belongs to one worker.
    let both = context::with(|context| context.allow.get());
    let team = if both.failures || both.wakeups { Team::alone() } else { team };
    let new = |pool: Option<_>, limits| {
        let search = match pool {
            None => Reduced::new(table),
            Some(pool) => Reduced::helper(table, pool),
        };
        Exploration::new(search, table, limits)
    };
    together(team, limits, race, new, prepare)
}

/// The simplest failure that a search found.
pub(super) fn simplest(found: &Exploration<Reduced>) -> Option<Best<Vec<u8>>> {
    found.policy.simplest.clone().map(|simplest| Best {
        score: (0, simplest.switches, simplest.schedule.len()),
        kind: simplest.kind,
        schedule: simplest.schedule,
        allow: context::with(|context| context.allow.get()),
    })
}
