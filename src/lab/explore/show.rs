//! The one execution that is shown: run again with recording on, with the names of all that it
//! touches.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::panics::{self, file_name};
use super::shuttle::driver::{Exploration, Limits};
use super::shuttle::policy::{Choice, Moment, Performed, Policy};
use super::shuttle::replay::Replay;
use super::steps::{self, Names, UNNAMED, name};
use super::tally::{Best, Blocked, Ended};
use super::{Budget, missing};
use crate::race::Outcome;
use crate::report::{self, Conflict, Failure, Kind, Wait, Why, Witness};
use crate::rt::allow::Allow;
use crate::rt::clocks;
use crate::rt::clocks::{Access, DataRace, Does};
use crate::rt::context::{self, CLOCKS, Finer, RECORD, Settings};
use crate::rt::record::{self, Record};
use crate::rt::values::Values;
use crate::scenario::Scenario;

/// A failing execution under shuttle, by its schedule.
pub(crate) fn scheduled(scenario: &Scenario, budget: &Budget, best: &Best<Vec<u8>>) -> Failure {
    let conditions = Conditions::of(best.allow);
    let replay = Replay::new(best.schedule.clone());
    Failure {
        schedule: best.schedule.clone(),
        witness: Witness::of(conditions),
        ..watched(scenario, budget, replay, (best.kind, best.allow))
    }
}

/// The one execution that a policy repeats, which fails in this way, with this allowed.
pub(super) fn watched<P: Policy + 'static>(
    scenario: &Scenario,
    budget: &Budget,
    policy: P,
    (kind, allow): (Kind, Allow),
) -> Failure {
    let time = budget.time.max(std::time::Duration::from_secs(60));
    let limits = Limits { executions: 1, time, ..super::shuttle::report::limits(budget) };
    let before = context::with(|context| {
        let settings = context.settings();
        context.set(Settings { watching: RECORD | CLOCKS, allow, ..settings })
    });
    let policy = Watched { policy, seen: None };
    let exploration =
        Exploration::new(policy, scenario.outcomes(), limits).run(scenario.under("shuttle"));
    context::with(|context| context.set(before));
    let (ended, said) = exploration.policy.seen.unwrap_or((Ended::Truncated, None));
    let mut record = record::take();
    record.begun = None;
    if ended.failure(scenario.outcomes()) != Some(kind) {
        let says = "it ended in this once, and not when it was run again: something in it depends \
                    on more than the order of its threads: on time, or on where memory lies";
        return finish(scenario, &record, kind, Why::Said(says.to_string()));
    }
    let names = Names::new(&record);
    self::ended(scenario, &record, &names, (ended, said), kind)
}

/// A recorded execution that ended so, and fails in this way; and what a panic said.
pub(super) fn ended(
    scenario: &Scenario,
    record: &Record,
    names: &Names,
    (ended, said): (Ended, Option<String>),
    kind: Kind,
) -> Failure {
    let actors = scenario.actors();
    let conflict = |race: &DataRace| {
        if kind == Kind::InvalidFree {
            return Why::NeverAllocated(conflict(names, &actors, race).second);
        }
        let missing = missing::edge(record, race, names, &actors).map(Box::new);
        Why::Conflict(Conflict { missing, ..conflict(names, &actors, race) })
    };
    let raced = match &ended {
        Ended::Broken(how, _) if *how != Kind::Panic => clocks::races().last().map(conflict),
        Ended::Finished { raced: true, .. } if kind == Kind::DataRace => {
            clocks::races().first().map(conflict)
        }
        _ => None,
    };
    let why = raced.unwrap_or_else(|| match ended {
        Ended::Finished { panicked: Some(actor), .. } if kind == Kind::Panic => {
            Why::Panic { actor: Some(actors[actor].to_string()), said: said.unwrap_or_default() }
        }
        Ended::Broken(Kind::Panic, _) => {
            let thread = context::with(|context| context.panicked.get()).map(|index| index + 1);
            let actor = thread.map(|thread| name(&actors, thread));
            Why::Panic { actor, said: said.unwrap_or_default() }
        }
        Ended::Finished { outcome, .. } => ended_in(scenario, outcome, false),
        Ended::Deadlock(blocked) => Why::Deadlock(waits(names, &actors, &blocked)),
        Ended::Livelock(blocked) => {
            Why::Livelock(blocked.iter().map(|blocked| name(&actors, blocked.thread)).collect())
        }
        _ => Why::Unknown,
    });
    finish(scenario, record, kind, why)
}

/// What could happen without a reason in an execution, whether the counts of `Arc`s were words, and
/// what else was modelled more finely: with its schedule, all that it takes to run it again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Conditions {
    failures: bool,
    wakeups: bool,
    writers_first: bool,
    yields: u32,
    counting: bool,
    finer: Finer,
}

impl Conditions {
    pub(super) fn of(allow: Allow) -> Conditions {
        let Allow { failures, wakeups, writers_first, yields } = allow;
        let counting = context::with(|context| context.settings().counting);
        let finer = finer();
        Conditions { failures, wakeups, writers_first, yields, counting, finer }
    }

    /// Whether exchanges may fail and threads wake without a reason.
    pub(super) fn with_whims(self, whims: bool) -> Conditions {
        Conditions { failures: whims, wakeups: whims, ..self }
    }

    /// As a token has them: nothing, or `+` and letters.
    pub(super) fn text(&self) -> String {
        let Conditions { failures, wakeups, writers_first, yields, counting, finer } = *self;
        let flags = [failures, wakeups, writers_first, counting, finer.ends, finer.times];
        let letters = flags.iter().zip("fwrcet".chars()).filter(|flag| *flag.0).map(|flag| flag.1);
        let mut text: String = letters.collect();
        if yields > 0 {
            text += &format!("y{yields}");
        }
        if text.is_empty() { text } else { format!("+{text}") }
    }

    /// Sets them for the executions to come; what may happen in those without a reason.
    pub(super) fn set(self) -> Allow {
        context::with(|context| {
            let mut settings = context.settings();
            self.put(&mut settings);
            let allow = settings.allow;
            context.set(settings);
            allow
        })
    }

    /// Puts them into what is set.
    pub(super) fn put(&self, settings: &mut Settings) {
        let Conditions { failures, wakeups, writers_first, yields, counting, finer } = *self;
        (settings.counting, settings.finer) = (counting, finer);
        settings.allow = Allow { failures, wakeups, writers_first, yields };
    }
}

/// What else than a schedule an execution needs, as a token has it: nothing, or `+` and letters.
pub(crate) fn conditions(shown: &Failure) -> Option<String> {
    let conditions: Conditions = shown.witness.as_ref()?.read()?;
    Some(conditions.text())
}

/// The conditions that such a text, without its `+`, says.
pub(crate) fn of_conditions(text: &str) -> Option<Option<Witness>> {
    let (flags, yields) = text.split_once('y').map_or((text, "0"), |parts| parts);
    let known = |letter: char| "fwrcet".contains(letter);
    let has = |letter| flags.contains(letter);
    let conditions = Conditions {
        failures: has('f'),
        wakeups: has('w'),
        writers_first: has('r'),
        counting: has('c'),
        finer: Finer { ends: has('e'), times: has('t') },
        yields: yields.parse().ok()?,
    };
    flags.chars().all(known).then(|| Witness::of(conditions))
}

/// What is modelled more finely now.
pub(super) fn finer() -> Finer {
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

/// That an execution ended in this outcome, if the table has it.
pub(super) fn ended_in(scenario: &Scenario, outcome: Outcome, judge_read_old: bool) -> Why {
    let meaning = scenario.outcomes().get(outcome.0 as usize);
    meaning.map_or(Why::Unknown, |meaning| Why::Outcome {
        id: meaning.id.to_string(),
        reason: meaning.reason.to_string(),
        judge_read_old,
    })
}

/// The failure that a recorded execution shows.
pub(super) fn finish(scenario: &Scenario, record: &Record, kind: Kind, why: Why) -> Failure {
    let (mut steps, initial) = steps::steps(scenario, record);
    if kind == Kind::Livelock {
        keep_one_round(&mut steps);
    }
    Failure {
        kind,
        why,
        actors: columns(scenario, record),
        initial,
        stale: steps.iter().filter(|step| step.stale).count(),
        switches: steps.windows(2).filter(|pair| pair[0].thread != pair[1].thread).count(),
        steps,
        schedule: Vec::new(),
        shown_by: None,
        witness: None,
        token: None,
    }
}

/// The names of the threads that have a column each: the actors, and those that a closure starts.
fn columns(scenario: &Scenario, record: &Record) -> Vec<String> {
    let actors = scenario.actors();
    let threads = match scenario.is_closure() {
        true => record.events.iter().map(|event| event.thread).max().unwrap_or(0),
        false => 0,
    };
    let threads = 1..=threads.max(actors.len());
    threads.map(|thread| name(&actors, thread)).collect()
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

pub(super) fn conflict(names: &Names, actors: &[&str], race: &DataRace) -> Conflict {
    let access = |access: &Access| report::Access {
        actor: name(actors, access.thread),
        does: match access.does {
            Does::Reads => report::Does::Reads,
            Does::Writes => report::Does::Writes,
            Does::Uses => report::Does::Uses,
            Does::Makes => report::Does::Makes,
            Does::Drops => report::Does::Drops,
            Does::Frees => report::Does::Frees,
            Does::Streams => report::Does::Streams,
            Does::Releases => report::Does::Releases,
            Does::Publishes => report::Does::Publishes,
            Does::Follows => report::Does::Follows,
            Does::Changes => report::Does::Changes,
        },
        file: file_name(access.at.file()).to_string(),
        line: access.at.line(),
    };
    let object = match names.at(race.address) {
        what if what == UNNAMED => names.object(race.object).unwrap_or(what),
        what => what,
    };
    let (first, second) = (access(&race.first), access(&race.second));
    Conflict { object, first, second, missing: None }
}

/// Who waits for what.
pub(super) fn waits(names: &Names, actors: &[&str], blocked: &[Blocked]) -> Vec<Wait> {
    let wait = |blocked: &Blocked| Wait {
        actor: name(actors, blocked.thread),
        kind: blocked.op.kind,
        object: names.object(blocked.op.object).unwrap_or_default(),
        holder: blocked.holder.map(|holder| name(actors, holder)),
    };
    blocked.iter().map(wait).collect()
}

/// A policy that keeps how its execution ended.
struct Watched<P> {
    policy: P,
    seen: Option<(Ended, Option<String>)>,
}

impl<P: Policy> Policy for Watched<P> {
    fn decides(&self) -> Option<Rc<dyn Values>> {
        self.policy.decides()
    }
    fn begin(&mut self) -> bool {
        self.policy.begin()
    }
    fn choose(&mut self, moment: &Moment<'_>) -> Option<Choice> {
        self.policy.choose(moment)
    }
    fn performed(&mut self, performed: &Performed) {
        self.policy.performed(performed);
    }
    fn stops(&mut self, blocked: Vec<Blocked>) -> Ended {
        self.policy.stops(blocked)
    }
    fn amounts(&mut self, ended: Ended) -> Ended {
        self.policy.amounts(ended)
    }
    fn end(&mut self, ended: &Ended) {
        self.policy.end(ended);
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
