//! The one execution that is shown: run again with recording on, with the names of all that it
//! touches.

mod equal;

use serde::{Deserialize, Serialize};

use super::panics::{self, file_name};
use super::shuttle::driver::{Exploration, Limits};
use super::shuttle::policy::{Choice, Moment, Policy};
use super::shuttle::replay::Replay;
use super::tally::{Best, Blocked, Ended};
use super::trace::{self, Names, UNNAMED};
use super::{Budget, loom};
use crate::race::Outcome;
use crate::report::{self, Conflict, Failure, Kind, Wait, Why, Witness};
use crate::rt::allow::Allow;
use crate::rt::clocks;
use crate::rt::clocks::{Access, DataRace, Does};
use crate::rt::context::{self, CLOCKS, Finer, RECORD, Settings};
use crate::rt::op;
use crate::rt::record::{self, Event, Record};
use crate::scenario::Scenario;

/// A failing execution under shuttle, by its schedule.
pub(crate) fn scheduled(scenario: &Scenario, budget: &Budget, best: &Best<Vec<u8>>) -> Failure {
    let time = budget.time.max(std::time::Duration::from_secs(60));
    let limits = Limits { executions: 1, time, ..super::shuttle::report::limits(budget) };
    let before = context::with(|context| {
        let settings = context.settings();
        let allow = best.allow;
        context.set(Settings { watching: RECORD | CLOCKS, allow, ..settings })
    });
    let policy = Watched { replay: Replay::new(best.schedule.clone()), seen: None };
    let exploration =
        Exploration::new(policy, scenario.outcomes(), limits).run(scenario.under("shuttle"));
    context::with(|context| context.set(before));
    let (ended, said) = exploration.policy.seen.unwrap_or((Ended::Truncated, None));
    let mut record = record::take();
    record.begun = None;
    let names = Names::new(&record);
    let actors = scenario.actors();
    let conflict = |race| Why::Conflict(conflict(&names, &actors, race));
    let raced = match &ended {
        Ended::Broken(..) => clocks::races().last().map(conflict),
        Ended::Finished { raced: true, .. } if best.kind == Kind::DataRace => {
            clocks::races().first().map(conflict)
        }
        _ => None,
    };
    let why = raced.unwrap_or_else(|| match ended {
        Ended::Finished { panicked: Some(actor), .. } if best.kind == Kind::Panic => {
            Why::Panic { actor: Some(actors[actor].to_string()), said: said.unwrap_or_default() }
        }
        Ended::Finished { outcome, .. } => ended_in(scenario, outcome, false),
        Ended::Deadlock(blocked) => Why::Deadlock(waits(&names, &actors, &blocked)),
        Ended::Livelock(blocked) => {
            Why::Livelock(blocked.iter().map(|blocked| name(&actors, blocked.thread)).collect())
        }
        _ => Why::Unknown,
    });
    let conditions = Conditions::of(best.allow);
    Failure {
        schedule: best.schedule.clone(),
        witness: Witness::of(conditions),
        ..finish(scenario, &record, best.kind, why)
    }
}

/// What could happen without a reason in an execution, whether the counts of `Arc`s were words, and
/// what else was modelled more finely: with its schedule, all that it takes to run it again.
#[derive(Serialize, Deserialize)]
struct Conditions {
    failures: bool,
    wakeups: bool,
    writers_first: bool,
    yields: u32,
    counting: bool,
    finer: Finer,
}

impl Conditions {
    fn of(allow: Allow) -> Conditions {
        let Allow { failures, wakeups, writers_first, yields } = allow;
        let counting = context::with(|context| context.settings().counting);
        let finer = finer();
        Conditions { failures, wakeups, writers_first, yields, counting, finer }
    }
}

/// What is modelled more finely now.
fn finer() -> Finer {
    context::with(|context| context.settings().finer)
}

/// The execution under shuttle that a failure shows, whether the counts of `Arc`s are words in it,
/// and what else is modelled more finely.
pub(crate) fn best(shown: &Failure) -> Option<(Best<Vec<u8>>, bool, Finer)> {
    let Conditions { failures, wakeups, writers_first, yields, counting, finer } =
        shown.witness.as_ref()?.read()?;
    let allow = Allow { failures, wakeups, writers_first, yields };
    let score = (shown.stale, shown.switches, shown.steps.len());
    let schedule = shown.schedule.clone();
    Some((Best { score, kind: shown.kind, schedule, allow }, counting, finer))
}

/// Runs the execution under loom again that a failure shows.
pub(crate) fn replayed(
    scenario: &Scenario,
    limits: loom::Limits,
    number: loom::Number,
    said: Option<String>,
    shown: &Failure,
) -> Failure {
    let score = (shown.stale, shown.switches, shown.steps.len());
    let best = Best { score, kind: shown.kind, schedule: number, allow: Allow::default() };
    numbered(scenario, limits, &best, said)
}

/// A failing execution under loom, by its number.
pub(crate) fn numbered(
    scenario: &Scenario,
    limits: loom::Limits,
    best: &Best<loom::Number>,
    said: Option<String>,
) -> Failure {
    loom::replay(scenario.under("loom"), scenario.outcomes(), limits, best.schedule);
    let outcome = context::with(|context| context.outcome.get());
    let mut record = loom::recorded();
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
        (Kind::Forbidden, Some(outcome), _) => ended_in(scenario, outcome, judged > 0),
        (Kind::Deadlock, ..) if waiting().next().is_some() => {
            Why::Deadlock(waits(&names, &actors, &stuck(&record)))
        }
        (Kind::DataRace, _, said) => {
            let said = said.unwrap_or_default();
            match raced(&record, &said) {
                Some(race) => Why::Conflict(conflict(&names, &actors, &race)),
                None => Why::Said(said),
            }
        }
        (_, _, Some(said)) => Why::Said(said),
        _ => Why::Unknown,
    };
    let mut failure = finish(scenario, &record, best.kind, why);
    failure.witness = Witness::of((best.schedule, limits.preemptions, said, finer()));
    if best.kind == Kind::Forbidden {
        failure.stale += judged;
    }
    failure
}

/// That an execution ended in this outcome, if the table has it.
fn ended_in(scenario: &Scenario, outcome: Outcome, judge_read_old: bool) -> Why {
    let meaning = scenario.outcomes().get(outcome.0 as usize);
    meaning.map_or(Why::Unknown, |meaning| Why::Outcome {
        id: meaning.id.to_string(),
        reason: meaning.reason.to_string(),
        judge_read_old,
    })
}

fn finish(scenario: &Scenario, record: &Record, kind: Kind, why: Why) -> Failure {
    let (mut steps, initial) = trace::steps(scenario, record);
    if kind == Kind::Livelock {
        keep_one_round(&mut steps);
    }
    Failure {
        kind,
        why,
        actors: scenario.actors().iter().map(|name| name.to_string()).collect(),
        initial,
        stale: steps.iter().filter(|step| step.stale).count(),
        switches: steps.windows(2).filter(|pair| pair[0].thread != pair[1].thread).count(),
        steps,
        schedule: Vec::new(),
        witness: None,
        token: None,
    }
}

/// The rounds of a loop that never ends are alike: of those at the end one is kept.
fn keep_one_round<S: PartialEq>(steps: &mut Vec<S>) {
    let repeats = |steps: &[S], round: usize| {
        let (before, last) = (steps.len().checked_sub(2 * round), steps.len() - round);
        before.is_some_and(|before| steps[before..last] == steps[last..])
    };
    let Some(round) = (1..=steps.len() / 2).find(|&round| repeats(steps, round)) else { return };
    while steps.len() > round && steps[steps.len() - 1] == steps[steps.len() - 1 - round] {
        steps.pop();
    }
}

fn name(actors: &[&str], thread: usize) -> String {
    match thread.checked_sub(1).and_then(|index| actors.get(index)) {
        Some(name) => name.to_string(),
        None => format!("thread {thread}"),
    }
}

fn conflict(names: &Names, actors: &[&str], race: &DataRace) -> Conflict {
    let access = |access: &Access| report::Access {
        actor: name(actors, access.thread),
        does: match access.does {
            Does::Reads => report::Does::Reads,
            Does::Writes => report::Does::Writes,
            Does::Uses => report::Does::Uses,
            Does::Drops => report::Does::Drops,
        },
        file: file_name(access.at.file()).to_string(),
        line: access.at.line(),
    };
    let object = match names.at(race.address) {
        what if what == UNNAMED => names.object(race.object).unwrap_or(what),
        what => what,
    };
    Conflict { object, first: access(&race.first), second: access(&race.second) }
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

fn waits(names: &Names, actors: &[&str], blocked: &[Blocked]) -> Vec<Wait> {
    let wait = |blocked: &Blocked| Wait {
        actor: name(actors, blocked.thread),
        kind: blocked.op.kind,
        object: names.object(blocked.op.object).unwrap_or_default(),
        holder: blocked.holder.map(|holder| name(actors, holder)),
    };
    blocked.iter().map(wait).collect()
}

/// A replay that keeps how it ended.
struct Watched {
    replay: Replay,
    seen: Option<(Ended, Option<String>)>,
}

impl Policy for Watched {
    fn begin(&mut self) -> bool {
        self.replay.begin()
    }
    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        self.replay.choose(moment)
    }
    fn end(&mut self, ended: &Ended) {
        let said = panics::take().map(|panic| panic.message);
        self.seen = Some((ended.clone(), said));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_rounds_that_are_alike_one_is_kept() {
        let kept = |text: &str| {
            let mut steps: Vec<char> = text.chars().collect();
            keep_one_round(&mut steps);
            steps.into_iter().collect::<String>()
        };
        assert_eq!(kept("claim look yield look yield look yield"), "claim look yield");
        assert_eq!(kept("xabababa"), "xab");
        assert_eq!(kept("xyyyy"), "xy");
        assert_eq!(kept("abc"), "abc");
        assert_eq!(kept(""), "");
    }
}
