//! The one execution that is shown: run again with recording on, and put into words.

mod equal;

use serde::{Deserialize, Serialize};

use super::panics::{self, file_name};
use super::shuttle::driver::{Exploration, Limits};
use super::shuttle::policy::{Choice, Moment, Policy};
use super::shuttle::replay::Replay;
use super::tally::{Best, Blocked, Ended};
use super::trace::{self, Names};
use super::{Budget, loom};
use crate::report::{Failure, Kind, Witness};
use crate::rt::allow::Allow;
use crate::rt::clocks;
use crate::rt::clocks::{Access, DataRace, Does};
use crate::rt::context::{self, CLOCKS, RECORD, Settings};
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
    let exploration = Exploration::new(policy, scenario.outcomes, limits).run(scenario.shuttle);
    context::with(|context| context.set(before));
    let (ended, said) = exploration.policy.seen.unwrap_or((Ended::Truncated, None));
    let mut record = record::take();
    record.begun = None;
    let names = Names::new(&record);
    let actors = (scenario.actors)();
    let why = match &ended {
        Ended::Broken(..) => clocks::races().last().map(|race| race_words(&names, &actors, race)),
        Ended::Finished { raced: true, .. } if best.kind == Kind::DataRace => {
            clocks::races().first().map(|race| race_words(&names, &actors, race))
        }
        Ended::Finished { panicked: Some(actor), .. } if best.kind == Kind::Panic => {
            Some(format!("{} panicked: {}", actors[*actor], said.unwrap_or_default()))
        }
        Ended::Finished { outcome, .. } => scenario
            .outcomes
            .get(outcome.0 as usize)
            .map(|meaning| format!("{}: {}", meaning.id, meaning.reason)),
        Ended::Deadlock(blocked) => Some(blocked_words(&names, &actors, blocked)),
        Ended::Livelock(blocked) => {
            let who: Vec<String> = blocked.iter().map(|b| name(&actors, b.thread)).collect();
            let wait = if who.len() == 1 { "waits" } else { "wait" };
            let who = who.join(" and ");
            Some(format!("{who} {wait} in a loop for a change that nobody can make"))
        }
        _ => None,
    };
    let conditions = Conditions::of(best.allow);
    Failure {
        schedule: best.schedule.clone(),
        witness: Witness::of(conditions),
        ..finish(scenario, &record, best.kind, why.unwrap_or_default())
    }
}

/// What could happen without a reason in an execution, and whether the counts of `Arc`s were
/// words: with its schedule, all that it takes to run it again.
#[derive(Serialize, Deserialize)]
struct Conditions {
    failures: bool,
    wakeups: bool,
    writers_first: bool,
    yields: u32,
    counting: bool,
}

impl Conditions {
    fn of(allow: Allow) -> Conditions {
        let Allow { failures, wakeups, writers_first, yields } = allow;
        let counting = context::with(|context| context.settings().counting);
        Conditions { failures, wakeups, writers_first, yields, counting }
    }
}

/// The execution under shuttle that a failure shows, and whether the counts of `Arc`s are words in
/// it.
pub(crate) fn best(shown: &Failure) -> Option<(Best<Vec<u8>>, bool)> {
    let Conditions { failures, wakeups, writers_first, yields, counting } =
        shown.witness.as_ref()?.read()?;
    let allow = Allow { failures, wakeups, writers_first, yields };
    let score = (shown.stale, shown.switches, shown.steps.len());
    let schedule = shown.schedule.clone();
    Some((Best { score, kind: shown.kind, schedule, allow }, counting))
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
    loom::replay(scenario.loom, scenario.outcomes, limits, best.schedule);
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
    let why = match (best.kind, outcome, said.clone()) {
        (Kind::Forbidden, Some(outcome), _) => {
            let meaning = &scenario.outcomes[outcome.0 as usize];
            format!("{}: {}", meaning.id, meaning.reason)
        }
        (Kind::Deadlock, ..) if waiting().next().is_some() => {
            blocked_words(&Names::new(&record), &(scenario.actors)(), &stuck(&record))
        }
        (Kind::DataRace, _, said) => {
            let said = said.unwrap_or_default();
            let race = raced(&record, &said);
            let words = |race| race_words(&Names::new(&record), &(scenario.actors)(), &race);
            race.map_or(said, words)
        }
        (_, _, Some(said)) => said,
        (kind, ..) => kind.words().to_string(),
    };
    let mut failure = finish(scenario, &record, best.kind, why);
    failure.witness = Witness::of((best.schedule, limits.preemptions, said));
    if best.kind == Kind::Forbidden && judged > 0 {
        failure.stale += judged;
        failure.why += "\nthe judge read a value older than the last one stored: stores that nothing \
                        orders may count in either order";
    }
    failure
}

fn finish(scenario: &Scenario, record: &Record, kind: Kind, why: String) -> Failure {
    let (mut steps, initial) = trace::steps(scenario, record);
    if kind == Kind::Livelock {
        keep_one_round(&mut steps);
    }
    Failure {
        kind,
        why,
        actors: (scenario.actors)().iter().map(|name| name.to_string()).collect(),
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

fn race_words(names: &Names, actors: &[&str], race: &DataRace) -> String {
    let access = |access: &Access| {
        let verb = match access.does {
            Does::Reads => "reads",
            Does::Writes => "writes",
            Does::Uses => "uses it",
            Does::Drops => "drops it",
        };
        let who = name(actors, access.thread);
        match access.at.file() {
            "" => format!("{who} {verb}"),
            file => format!("{who} {verb} at {}:{}", file_name(file), access.at.line()),
        }
    };
    let what = match names.at(race.address) {
        what if what == "unnamed" => names.object(race.object).unwrap_or(what),
        what => what,
    };
    let (first, second) = (access(&race.first), access(&race.second));
    if race.first.does == Does::Drops && race.first.thread == race.second.thread {
        return format!("{what} is used after its end: {first}, {second}");
    }
    format!("nothing orders two accesses to {what}: {first}, {second}")
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
    use op::Kind::{ReadUnlock, Unlock};
    let unwound = |event: &Event| {
        let waits = waiting().any(|(thread, _)| thread == event.thread);
        waits && matches!(event.op.kind, Unlock | ReadUnlock)
    };
    while record.events.last().is_some_and(unwound) {
        record.events.pop();
    }
}

/// Who waits for what at the end of an execution, and who holds it.
fn stuck(record: &Record) -> Vec<Blocked> {
    use op::Kind::{Lock, ReadLock, ReadUnlock, Unlock};
    let blocked = waiting().map(|(thread, op)| {
        let locks = |event: &&Event| {
            let lock = matches!(event.op.kind, Lock | Unlock | ReadLock | ReadUnlock);
            lock && event.op.object == op.object
        };
        let last = record.events.iter().rfind(locks);
        let holder = last.filter(|event| event.op.kind == Lock).map(|event| event.thread);
        Blocked { thread, op, holder }
    });
    blocked.collect()
}

fn blocked_words(names: &Names, actors: &[&str], blocked: &[Blocked]) -> String {
    let each = blocked.iter().map(|blocked| {
        let who = name(actors, blocked.thread);
        let what = names.object(blocked.op.object).unwrap_or_else(|| "something".to_string());
        match (blocked.op.kind, blocked.holder) {
            (op::Kind::Lock | op::Kind::ReadLock, Some(holder)) if holder == blocked.thread => {
                format!("{who} waits for {what}, which it holds itself")
            }
            (op::Kind::Lock | op::Kind::ReadLock, Some(holder)) => {
                format!("{who} waits for {what}, which {} holds", name(actors, holder))
            }
            (op::Kind::Lock, None) => format!("{who} waits for {what}, which readers hold"),
            (op::Kind::Wait | op::Kind::Wake, _) => {
                format!("{who} waits for a notification that has been missed")
            }
            (op::Kind::Park, _) => format!("{who} is parked, and nobody unparks it"),
            (op::Kind::Join, _) => format!("{who} waits for a thread to end"),
            _ => format!("{who} cannot go on"),
        }
    });
    each.collect::<Vec<_>>().join("; ")
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
