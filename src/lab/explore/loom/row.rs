//! loom as an engine: with few preemptions first, then without a bound, and what its end is worth.

use std::time::Duration;

use super::{Explored, LoomLimits, LoomStop, explore};
use super::{show, traps};
use crate::explore::Budget;
use crate::explore::engine::{Engine, Program, Trap};
use crate::report::{End, Failure, Model, Note, Report, Stop, TooLong};
use crate::rt::blocking::LATE;
use crate::rt::context;
use crate::scenario::Scenario;

/// loom: interleavings and stale reads, in its model of C11.
pub const LOOM: &dyn Engine = &LoomEngine;

/// The bound under which it is tried first.
const PREEMPTIONS: usize = 2;
/// How many threads it models, the main one among them.
const THREADS: u32 = 5;

struct LoomEngine;

impl Engine for LoomEngine {
    fn name(&self) -> &'static str {
        "loom"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::C11]
    }
    fn runtime(&self) -> &'static str {
        "loom"
    }
    fn about(&self) -> &'static str {
        "interleavings and stale reads, in loom's model of C11"
    }
    fn blind_spot(&self) -> &'static str {
        "load buffering (a load that is overtaken by a later store), nor a store older than the \
         last seven to its word; SeqCst accesses count only as acquire and release"
    }
    fn exhaustive(&self) -> bool {
        true
    }
    fn exact(&self) -> bool {
        false
    }
    fn by_default(&self) -> bool {
        true
    }
    fn stack(&self) -> Option<u32> {
        Some(32)
    }
    fn traps(&self, program: &Program<'_>) -> Vec<Trap> {
        traps::of(program.0)
    }
    fn weakening_limit(&self) -> Option<&'static str> {
        Some("loom explores no load buffering and the last seven stores of a word")
    }
    fn bounds_preemptions(&self) -> bool {
        true
    }
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        // What it turns out to need is set for it alone.
        context::within(|_| (), || further_and_further(scenario, budget, first))
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        let (number, preemptions, said, finer) = shown.witness.as_ref()?.read()?;
        let limits = limits(budget, preemptions, budget.time, false);
        let replay = || show::replayed(scenario, limits, number, said, shown);
        Some(context::within(|settings| settings.finer = finer, replay))
    }
}

fn limits(budget: &Budget, preemptions: Option<usize>, time: Duration, first: bool) -> LoomLimits {
    LoomLimits { preemptions, executions: budget.executions, time, branches: budget.steps, first }
}

fn further_and_further(scenario: &Scenario, budget: &Budget, first_failure: bool) -> Report {
    let limits = |preemptions, time| limits(budget, preemptions, time, first_failure);
    let first = budget.preemptions.unwrap_or(PREEMPTIONS);
    let explore = |limits| explore(scenario.under("loom"), scenario.outcomes(), limits);
    let found = explore(limits(Some(first), budget.time));
    let done = found.tally.failing > 0 || found.stop.is_some() || budget.preemptions.is_some();
    let left = budget.time.saturating_sub(found.tally.elapsed());
    let bounded = report(scenario, found, limits(Some(first), budget.time));
    if done || left < Duration::from_millis(1) {
        return bounded;
    }
    let found = explore(limits(None, left));
    if found.stop == Some(LoomStop::Time) && found.tally.failing == 0 {
        let seconds = bounded.seconds + found.tally.elapsed().as_secs_f64();
        let note = Note::WithoutBound(found.tally.executions);
        return Report { seconds, notes: [bounded.notes, vec![note]].concat(), ..bounded };
    }
    let report = report(scenario, found, limits(None, left));
    Report { seconds: report.seconds + bounded.seconds, ..report }
}

fn report(scenario: &Scenario, found: Explored, limits: LoomLimits) -> Report {
    let (seconds, late) = (found.tally.elapsed().as_secs_f64(), found.late);
    let mut said = None;
    let mut notes = Vec::new();
    let end = match found.stop {
        None => End::Complete,
        Some(LoomStop::Executions) => End::Cut(Stop::Executions(limits.executions)),
        Some(LoomStop::Time) => End::Cut(Stop::Time(limits.time.as_secs_f64())),
        Some(LoomStop::FirstFailure) => End::Cut(Stop::FirstFailure),
        Some(LoomStop::Branches) => {
            notes.push(Note::MustYield(LOOM.name().to_string()));
            End::Truncated(TooLong { steps: limits.branches as u64, broken_off: None })
        }
        // Explored again.
        Some(LoomStop::Finer) => End::Cut(Stop::Finer),
        Some(LoomStop::Threads) => End::Cut(Stop::Threads(Some(THREADS))),
        Some(LoomStop::Hard(message)) => {
            let first = message.lines().next().unwrap_or_default().to_string();
            said = Some(message);
            End::Cut(Stop::Said(first))
        }
    };
    let failure =
        found.tally.best.as_ref().map(|best| show::numbered(scenario, limits, best, said));
    let mut report = found.tally.report(LOOM, end);
    report.notes.extend(notes);
    report.bounds.preemptions = limits.preemptions;
    report.bounds.timeouts = late.then_some(LATE);
    Report { failure, seconds, ..report }
}
