//! The engine: it looks twice, and says for each memory model what its end is worth.

use std::time::{Duration, Instant};

use super::chance::RANDOM_GRAPHS;
use super::division::Division;
use super::policy::Graphs;
use super::readers::Apart;
use super::{show, told};
use crate::explore::Budget;
use crate::explore::engine::{Engine, Program, Trap};
use crate::explore::shuttle::driver::{Exploration, Limits, ShuttleStop};
use crate::explore::shuttle::repeat;
use crate::explore::shuttle::report::{STACK, counted, limits, watching};
use crate::explore::shuttle::together::{Team, together};
use crate::race::{Meaning, UnderChecker};
use crate::report::{End, Failure, Kind, Model, Partition, Report, Stop, Unreasonable};
use crate::rt::allow::{Allow, Deeds};
use crate::rt::context;
use crate::scenario::Scenario;

/// Every execution graph that C11 allows, once; and which of them x86 shows.
pub const GRAPHS: &dyn Engine = &GraphsEngine;

/// In the second look so many yields of each thread hold nobody up: a program whose loops give up is
/// explored to its end. So many executions are tried with that.
const MANY: u32 = 8;
const TRIED_WITH_MANY: u64 = 20_000;
/// So many where a loop waits.
const FEW: u32 = 2;

struct GraphsEngine;

impl Engine for GraphsEngine {
    fn name(&self) -> &'static str {
        "graphs"
    }
    fn models(&self) -> &'static [Model] {
        &[Model::X86, Model::C11]
    }
    fn runtime(&self) -> &'static str {
        "shuttle"
    }
    fn about(&self) -> &'static str {
        "every execution graph that C11 allows, once (RC11), and which of them x86 shows: machine \
         code in program order, though a compiler may reorder Relaxed accesses as well"
    }
    fn blind_spot(&self) -> &'static str {
        "load buffering (a load that is overtaken by a later store)"
    }
    fn exhaustive(&self) -> bool {
        true
    }
    fn by_default(&self) -> bool {
        true
    }
    fn divides(&self) -> bool {
        true
    }
    fn stack(&self) -> Option<u32> {
        Some(STACK)
    }
    fn traps(&self, program: &Program<'_>) -> Vec<Trap> {
        told::traps(program)
    }
    /// The same by chance, where there are too many.
    fn successors(&self) -> &'static [&'static dyn Engine] {
        &[RANDOM_GRAPHS]
    }
    fn explore(&self, scenario: &Scenario, budget: &Budget, first: bool) -> Report {
        context::within(watching(Allow::default()), || look_twice(scenario, budget, first))
    }
    fn token(&self, shown: &Failure) -> Option<String> {
        show::token(shown)
    }
    fn of_token(&self, kind: Kind, text: &str) -> Option<Failure> {
        show::of_token(kind, text)
    }
    fn replay(&self, scenario: &Scenario, budget: &Budget, shown: &Failure) -> Option<Failure> {
        context::within(watching(Allow::default()), || show::again(scenario, budget, shown))
    }
}

/// Every graph; then, unless some fail under every model, once more with what std allows without a
/// reason.
fn look_twice(scenario: &Scenario, budget: &Budget, first: bool) -> Report {
    let limits = Limits { first, ..limits(budget) };
    let partition = budget.partition;
    let found = counted(|| look(scenario, limits, partition));
    let does = found.does;
    let mut report = told::report(GRAPHS, scenario, budget, found);
    report.reasonable = does.allow(1).is_none();
    // An exploration of few graphs may never have repeated anything.
    if report.end == End::Complete
        && let Some(step) = repeat::first_difference(scenario, budget)
    {
        report.end = End::Cut(Stop::NotDeterministic(step + 1));
    }
    let all_fail = report.failure.is_some()
        && report.stricter.iter().all(|stricter| stricter.failure.is_some());
    // The first share takes the second look for all.
    let others = partition.is_some_and(|partition| partition.index > 1);
    if all_fail || others || report.end != End::Complete {
        return report;
    }
    let many = MANY.max(context::with(|context| context.settings().patience));
    let Some(allow) = allows(does, many) else { return report };
    let with = |allow, limits| {
        context::within(|settings| settings.allow = allow, || look(scenario, limits, None))
    };
    // The time is that of both looks.
    let began = Instant::now();
    let left = budget.time.saturating_sub(Duration::from_secs_f64(report.seconds));
    let left = || Limits { time: left.saturating_sub(began.elapsed()), ..limits };
    // Where no loop waits there is no second attempt, and this one has all there is.
    let most = if allow.yields > 0 { TRIED_WITH_MANY } else { u64::MAX };
    let executions = limits.executions.min(most);
    let mut found = with(allow, Limits { free: true, executions, ..left() });
    let waits = allow.yields > 0
        && !matches!(found.stop, Some(ShuttleStop::Exhausted | ShuttleStop::FirstFailure));
    let allow = match allows(does, FEW).filter(|_| waits) {
        Some(few) => {
            found = with(few, left());
            few
        }
        None => allow,
    };
    let held_up = found.held_up;
    let again = context::within(
        |settings| settings.allow = allow,
        || told::report(GRAPHS, scenario, budget, found),
    );
    add(&mut report, again, allow, held_up);
    report
}

/// What can go another way without a reason in such a program, with so many free yields. Whether a
/// writer that waits holds up readers is told by the interleavings of whole operations.
fn allows(does: Deeds, yields: u32) -> Option<Allow> {
    let allow = does.allow(yields).map(|allow| Allow { writers_first: false, ..allow });
    allow.filter(|allow| *allow != Allow::default())
}

/// Looks at the whole, or at a share of it.
fn look(scenario: &Scenario, limits: Limits, partition: Option<Partition>) -> Exploration<Graphs> {
    let settings = context::with(|context| context.settings());
    let words = words(scenario, &format!("{:?} {:?}", settings.counting, settings.finer));
    let divide =
        || partition.map(|partition| Division::new(partition, words.iter().map(String::as_str)));
    let prepare = || drop(context::with(|context| context.set(settings.clone())));
    let race = scenario.under("shuttle");
    of_all(Team::here(), scenario.outcomes(), limits, race, prepare, divide)
}

/// What shares of one program have in common, whoever explores them.
fn words(scenario: &Scenario, settings: &str) -> Vec<String> {
    let sources = scenario.sources.iter().map(|source| source.text);
    let outcomes = scenario.outcomes().iter();
    let outcomes = outcomes.map(|meaning| format!("{} {:?}", meaning.id, meaning.grade));
    let texts = sources.chain(scenario.in_place).chain([settings]).map(str::to_string);
    texts.chain(outcomes).collect()
}

/// Explores all of `race`. `prepare` is called first on each further thread.
#[cfg(test)]
pub(in crate::explore) fn explore(
    team: Team,
    table: &'static [Meaning],
    limits: Limits,
    race: &'static dyn UnderChecker,
    prepare: impl Fn() + Sync,
) -> Exploration<Graphs> {
    of_all(team, table, limits, race, prepare, || None)
}

/// Explores all of `race`, or the share that `divide` makes.
pub(super) fn of_all(
    team: Team,
    table: &'static [Meaning],
    mut limits: Limits,
    race: &'static dyn UnderChecker,
    prepare: impl Fn() + Sync,
    divide: impl Fn() -> Option<Division> + Sync,
) -> Exploration<Graphs> {
    let mut apart = Apart::default();
    loop {
        let new = |pool: Option<_>, limits| {
            let search = match pool {
                None => Graphs::all(table).with(&apart).divided(divide()),
                Some(pool) => Graphs::helper(table, pool),
            };
            Exploration::new(search, table, limits)
        };
        let found = together(team, limits, race, new, &prepare);
        match found.policy.anew().filter(|_| !found.policy.dealt()) {
            Some(anew) => {
                apart = anew.clone();
                limits.time = limits.time.saturating_sub(found.tally.elapsed());
            }
            None => return found,
        }
    }
}

/// Adds the second look to a report that has not failed under every model.
fn add(report: &mut Report, again: Report, allow: Allow, held_up: bool) {
    let unreasonable = Unreasonable {
        failures: allow.failures,
        wakeups: allow.wakeups,
        writers_first: allow.writers_first,
        returns: allow.yields > 0,
        yields: held_up.then_some(allow.yields),
        end: again.end.clone(),
        executions: again.executions,
        distinct: again.executions,
        failing: again.failing,
        outcomes: again.outcomes.clone(),
        seconds: again.seconds,
    };
    report.seconds += again.seconds;
    if again.end != End::Complete && again.failure.is_none() {
        report.end = again.end;
    }
    if report.failure.is_none() && again.failure.is_some() {
        report.failure = again.failure;
        report.first_failure_seconds = again.first_failure_seconds;
    }
    for (mine, theirs) in report.stricter.iter_mut().zip(again.stricter) {
        mine.failure = mine.failure.take().or(theirs.failure);
        mine.again = Some((theirs.executions, theirs.failing, theirs.outcomes));
    }
    report.unreasonable = Some(unreasonable);
}
