//! The one execution under loom that is shown: run again by its number, with recording on.

use super::{LoomLimits, Number, equal, recorded, replay};
use crate::explore::panics::file_name;
use crate::explore::show;
use crate::explore::steps::Names;
use crate::explore::tally::{Best, Blocked};
use crate::report::{Failure, Kind, Why, Witness};
use crate::rt::allow::Allow;
use crate::rt::clocks::{self, Access, DataRace};
use crate::rt::context;
use crate::rt::op;
use crate::rt::record::{Event, Record};
use crate::scenario::Scenario;

/// Runs the execution under loom again that a failure shows.
pub(super) fn replayed(
    scenario: &Scenario,
    limits: LoomLimits,
    number: Number,
    said: Option<String>,
    shown: &Failure,
) -> Failure {
    let score = (shown.stale, shown.switches, shown.steps.len());
    let best = Best { score, kind: shown.kind, schedule: number, allow: Allow::default() };
    numbered(scenario, limits, &best, said)
}

/// A failing execution under loom, by its number.
pub(super) fn numbered(
    scenario: &Scenario,
    limits: LoomLimits,
    best: &Best<Number>,
    said: Option<String>,
) -> Failure {
    replay(scenario.under("loom"), scenario.outcomes(), limits, best.schedule);
    let outcome = context::with(|context| context.outcome.get());
    let mut record = recorded();
    if best.kind == Kind::Deadlock {
        forget_unwinding(&mut record);
    }
    match best.kind {
        Kind::DataRace => equal::mark(&mut record),
        _ => record.begun = None,
    }
    // The judge may read a word older than the last that was stored, and no step shows that.
    let stale = record.events.iter().filter(|event| event.newest.is_some()).count();
    let judged = context::with(|context| context.stale.get()).saturating_sub(stale);
    let (names, actors) = (Names::new(&record), scenario.actors());
    let why = match (best.kind, outcome, said.clone()) {
        (Kind::Forbidden, Some(outcome), _) => show::ended_in(scenario, outcome, judged > 0),
        (Kind::Deadlock, ..) if waiting().next().is_some() => {
            Why::Deadlock(show::waits(&names, &actors, &stuck(&record)))
        }
        (Kind::DataRace, _, said) => {
            let said = said.unwrap_or_default();
            match raced(&record, &said) {
                Some(race) => Why::Conflict(show::conflict(&names, &actors, &race)),
                None => Why::Said(said),
            }
        }
        (Kind::Undrained, ..) => clocks::races()
            .last()
            .map_or(Why::Unknown, |race| Why::Conflict(show::conflict(&names, &actors, race))),
        (_, _, Some(said)) => Why::Said(said),
        _ => Why::Unknown,
    };
    let mut failure = show::finish(scenario, &record, best.kind, why);
    failure.witness = Witness::of((best.schedule, limits.preemptions, said, show::finer()));
    if best.kind == Kind::Forbidden {
        failure.stale += judged;
    }
    failure
}

/// The access at which loom ended, and the one that it races: the last that conflicts, of those at
/// the places that loom has `said` if there is one.
fn raced(record: &Record, said: &str) -> Option<DataRace> {
    let second = record.begun.as_ref()?;
    let write = |event: &Event| event.op.kind == op::Kind::CellWrite;
    let conflicts = |event: &&Event| {
        let other = event.op.object == second.op.object && event.thread != second.thread;
        other && (write(event) || write(second))
    };
    let told = |event: &&Event| {
        let (file, line) = (file_name(event.at.file()), event.at.line());
        said.split([' ', ',']).any(|word| word == format!("{file}:{line}"))
    };
    let mut events = record.events.iter().rev().filter(conflicts);
    let first = events.clone().find(told).or_else(|| events.next())?;
    let access = |event: &Event| Access::recorded(event.thread, write(event), event.at);
    let (address, object) = (second.address, second.op.object);
    Some(DataRace { first: access(first), second: access(second), address, object })
}

/// What each thread was about to do when the execution ended, if it was.
fn waiting() -> impl Iterator<Item = (usize, op::Op)> {
    let pending = context::with(|context| context.pending.each_ref().map(|op| op.get()));
    pending.into_iter().enumerate().filter(|(_, op)| *op != op::Op::LOCAL)
}

/// loom breaks a deadlock off by a panic in one of its threads, which gives back what that thread
/// holds. A thread that waits does nothing more.
fn forget_unwinding(record: &mut Record) {
    let unwound = |event: &Event| {
        let waits = waiting().any(|(thread, _)| thread == event.thread);
        waits && event.op.kind.lock() == op::Lock::Gives
    };
    while record.events.last().is_some_and(unwound) {
        record.events.pop();
    }
}

/// Who waits for what at the end of an execution, and who holds it.
fn stuck(record: &Record) -> Vec<Blocked> {
    let blocked = waiting().map(|(thread, op)| {
        let locks = |event: &&Event| {
            let lock = match event.op.kind.lock() {
                op::Lock::Takes | op::Lock::Gives => true,
                op::Lock::Tries | op::Lock::Apart => false,
            };
            lock && event.op.object == op.object
        };
        let last = record.events.iter().rfind(locks);
        let holder = last.filter(|event| event.op.kind == op::Kind::Lock).map(|event| event.thread);
        Blocked { thread, op, holder }
    });
    blocked.collect()
}
