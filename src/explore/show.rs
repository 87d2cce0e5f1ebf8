//! The one execution that is shown: run again with recording on, and put into words.

mod equal;

use super::panics::{self, file_name};
use super::shuttle::driver::{Exploration, Limits};
use super::shuttle::policy::{Choice, Moment, Policy};
use super::shuttle::replay::Replay;
use super::tally::{Best, Blocked, Ended};
use super::trace::{self, Names};
use super::{Budget, loom};
use crate::report::{Failure, Kind};
use crate::rt::clocks;
use crate::rt::clocks::{Access, DataRace, Does};
use crate::rt::context::{self, CLOCKS, RECORD, Settings};
use crate::rt::op::{self, Until};
use crate::rt::record::{self, Event, Record};
use crate::scenario::Scenario;

/// A failing execution under shuttle, by its schedule.
pub(crate) fn scheduled(scenario: &Scenario, budget: &Budget, best: &Best<Vec<u8>>) -> Failure {
    let time = budget.time.max(std::time::Duration::from_secs(60));
    let limits = Limits { executions: 1, time, ..super::search::limits(budget) };
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
    finish(scenario, &record, best.kind, why.unwrap_or_default(), best.schedule.clone())
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
    let why = match (best.kind, outcome, said) {
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
    let mut failure = finish(scenario, &record, best.kind, why, Vec::new());
    if best.kind == Kind::Forbidden && judged > 0 {
        failure.stale += judged;
        failure.why += "\nthe judge read a value older than the last one stored: stores that nothing \
                        orders may count in either order";
    }
    failure
}

fn finish(
    scenario: &Scenario,
    record: &Record,
    kind: Kind,
    why: String,
    schedule: Vec<u8>,
) -> Failure {
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
        schedule,
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

fn blocked_words(names: &Names, actors: &[&str], blocked: &[Blocked]) -> String {
    let each = blocked.iter().map(|blocked| {
        let who = name(actors, blocked.thread);
        let what = names.object(blocked.op.object).unwrap_or_else(|| "something".to_string());
        match (blocked.op.kind.until(), blocked.holder) {
            (Until::Free, Some(holder)) if holder == blocked.thread => {
                format!("{who} waits for {what}, which it holds itself")
            }
            (Until::Free, Some(holder)) => {
                format!("{who} waits for {what}, which {} holds", name(actors, holder))
            }
            (Until::Free, None) if blocked.op.kind == op::Kind::Lock => {
                format!("{who} waits for {what}, which readers hold")
            }
            (Until::Woken, _) if blocked.op.kind == op::Kind::Park => {
                format!("{who} is parked, and nobody unparks it")
            }
            (Until::Woken, _) => format!("{who} waits for a notification that has been missed"),
            (Until::Ended, _) => format!("{who} waits for a thread to end"),
            // Under loom a wait is one operation.
            (Until::Now, _) if blocked.op.kind == op::Kind::Wait => {
                format!("{who} waits for a notification that has been missed")
            }
            (Until::Met, _) => match blocked.op.kind {
                op::Kind::OnceBegin => format!("{who} waits for {what}, which is being made"),
                op::Kind::OnceWait => format!("{who} waits for {what}, which nobody makes"),
                op::Kind::Leave => format!("{who} waits at a barrier that not all come to"),
                op::Kind::SyncSend => format!("{who} waits for room in a channel that is full"),
                op::Kind::Taken => format!("{who} waits for somebody to take its message"),
                _ => format!("{who} waits for a message that nobody sends"),
            },
            (Until::Free | Until::Now | Until::Changed | Until::Late, _) => {
                format!("{who} cannot go on")
            }
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
