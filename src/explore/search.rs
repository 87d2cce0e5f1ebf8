//! Each engine's exploration of a scenario, as a report.

use std::time::Duration;

use super::native::driver::Settings;
use super::reduced::{Reduced, Unfit};
use super::shuttle::bounded::Bounded;
use super::shuttle::chance;
use super::shuttle::driver::{Exploration, Limits, Stop};
use super::shuttle::policy::Policy;
use super::tally::{Best, Tally, count_outcomes};
use super::{Budget, loom, repeat, second_look, show, sighted, spots};
use crate::alarm;
use crate::race::Grade;
use crate::report::{Bounds, End, Engine, Failure, Kind, OutcomeCount, Report};
use crate::rt::allow::Allow;
use crate::rt::blocking::LATE;
use crate::rt::context::{self, CLOCKS};
use crate::scenario::Scenario;

/// How many preemptions the bounded search tries, fewest first.
const MAX_PREEMPTIONS: usize = 3;
/// The bound under which loom is tried first.
const LOOM_PREEMPTIONS: usize = 2;

pub(crate) use super::surveyed::survey;
pub(crate) use crate::rt::survey::Survey;

/// How the end of an exploration begins that cannot be judged by repeating schedules.
const NOT_DETERMINISTIC: &str = "the program is not deterministic";

/// Explores a scenario with an engine, and adds what the engine cannot see in it.
pub fn explore(scenario: &Scenario, engine: Engine, budget: &Budget) -> Report {
    if let Some(refused) = sighted::refused(scenario, engine) {
        return refused;
    }
    let mut report = run(scenario, engine, budget, false);
    let repeats = !matches!(&report.end, End::Cut(why) if why.starts_with(NOT_DETERMINISTIC));
    let open = report.failure.is_none() && report.end != End::Complete;
    if engine == Engine::Reduced && open && repeats {
        report = take_over(scenario, budget, report);
    }
    if matches!(engine, Engine::Native | Engine::Amplified) {
        return report;
    }
    let survey = survey(scenario);
    report.sequential = !survey.weak_access;
    sighted::look(scenario, &survey, &mut report);
    let spots = spots::of(&survey).into_iter();
    let runtime = |engine: Engine| engine.runtime();
    for spot in spots.filter(|spot| runtime(spot.engine) == runtime(engine)) {
        report.blind_spots.push(spot.text.to_string());
        let noted = report.notes.iter().any(|note| note == alarm::NOTE);
        if spot.false_alarm && report.failure.is_some() && !noted {
            report.notes.push(alarm::NOTE.to_string());
        }
    }
    report
}

/// Where the reduced search did not come to its end, the others look as far as they can: few
/// preemptions first, then random schedules, then random priorities.
fn take_over(scenario: &Scenario, budget: &Budget, mut report: Report) -> Report {
    let time = (budget.time / 4).max(Duration::from_millis(50));
    let budget = Budget { time, ..budget.clone() };
    for engine in [Engine::Bounded, Engine::Random, Engine::Pct] {
        let other = run(scenario, engine, &budget, false);
        let name = crate::render::run::name(engine);
        if other.failure.is_some() {
            let stopped = crate::render::verdict::line(&report);
            let note = format!("found by the {name} search; the reduced one was {stopped}");
            return Report { notes: [other.notes, vec![note]].concat(), ..other };
        }
        report.notes.push(format!("then {name}: {}", crate::render::verdict::line(&other)));
        report.seconds += other.seconds;
    }
    report
}

/// Runs on real threads for the whole of the budget's time.
fn on_threads(scenario: &Scenario, engine: Engine, budget: &Budget) -> Report {
    let amplified = engine == Engine::Amplified;
    let settings = Settings {
        budget: budget.time,
        seed: budget.seed,
        stop_at_failure: false,
        amplified,
        ..Settings::default()
    };
    let run = if amplified { scenario.amplified } else { scenario.native };
    let found = run(&settings);
    let outcomes = count_outcomes(scenario.outcomes, &found.counts);
    let forbidden = |row: &&OutcomeCount| row.grade == Grade::Forbidden && row.count > 0;
    let worst = outcomes.iter().filter(forbidden).max_by_key(|row| row.count);
    let failure = match worst {
        Some(row) => Some((Kind::Forbidden, format!("{}: {}", row.id, row.reason))),
        None if found.failing > 0 => {
            let said = found.panic.unwrap_or_default();
            Some((Kind::Panic, format!("an actor panicked: {said}")))
        }
        None => None,
    };
    let actors = (scenario.actors)().iter().map(|name| name.to_string()).collect();
    Report {
        engine,
        end: End::Cut(format!("{:.1} s", budget.time.as_secs_f64())),
        bounds: Bounds::default(),
        executions: found.iterations,
        broken_off: 0,
        distinct: None,
        failing: found.failing,
        failure: failure.map(|(kind, why)| Failure::told(kind, why, actors)),
        outcomes,
        seed: Some(found.seed),
        seconds: found.elapsed.as_secs_f64(),
        first_failure_seconds: found.first_failure.map(|time| time.as_secs_f64()),
        unreasonable: None,
        blind_spots: Vec::new(),
        notes: found.notes,
        sequential: false,
        contradiction: None,
    }
}

/// Explores until the first failure.
pub(crate) fn first_failure(scenario: &Scenario, engine: Engine, budget: &Budget) -> Report {
    run(scenario, engine, budget, true)
}

/// Explores; once more with the counts of `Arc`s as words, if the program looks at one. What is
/// set for that stays set: an execution is shown as it was explored.
pub(super) fn counted<P>(explore: impl Fn() -> Exploration<P>) -> Exploration<P> {
    loop {
        let found = explore();
        if found.stop != Some(Stop::Counts) {
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

fn run(scenario: &Scenario, engine: Engine, budget: &Budget, first: bool) -> Report {
    match engine {
        Engine::Reduced => reduced(scenario, budget, first),
        Engine::Bounded => context::within(watching(Allow::ALL), || bounded(scenario, budget)),
        Engine::Random => random(scenario, budget),
        Engine::Pct => pct(scenario, budget),
        Engine::Loom => loom(scenario, budget, first),
        Engine::Native | Engine::Amplified => on_threads(scenario, engine, budget),
    }
}

/// Under the race clocks, with this.
fn watching(allow: Allow) -> impl FnOnce(&mut context::Settings) {
    move |settings| {
        settings.watching = CLOCKS;
        settings.counting = false;
        settings.finer = context::Finer::default();
        settings.allow = allow;
    }
}

/// Every class of equivalent interleavings, about once; then, if none fails, once more with what std
/// allows without a reason.
pub fn reduced(scenario: &Scenario, budget: &Budget, first: bool) -> Report {
    context::within(watching(Allow::default()), || look_twice(scenario, budget, first))
}

fn look_twice(scenario: &Scenario, budget: &Budget, first: bool) -> Report {
    let limits = Limits { first, ..limits(budget) };
    let found = counted(|| look(scenario, limits));
    let (does, unfit) = (found.does, found.policy.unfit);
    let (distinct, failing) = (found.policy.distinct(), found.policy.failing());
    let (simplest, redundant) = (simplest(&found), found.policy.redundant);
    let mut report = on_shuttle(Engine::Reduced, scenario, budget, found, simplest);
    report.distinct = Some(distinct);
    report.failing = failing;
    if redundant > 0 {
        report.notes.push(format!("{redundant} executions were given up as redundant"));
    }
    // A search of few executions may never have repeated anything.
    let differs = || repeat::first_difference(scenario, budget).map(Unfit::NotDeterministic);
    match unfit.or_else(|| (report.end == End::Complete).then(differs).flatten()) {
        None => {}
        Some(Unfit::Threads) => {
            report.end = End::Cut("more threads than the reduced search follows".to_string());
        }
        Some(Unfit::NotDeterministic(step)) => {
            report.end = End::Cut(format!(
                "{NOT_DETERMINISTIC}: the same schedule did something else at step \
                 {} (does it use the time, addresses, or a random hash?)",
                step + 1
            ));
        }
    }
    if report.failure.is_none() && report.end == End::Complete {
        second_look::add(scenario, budget, first, does, &mut report);
    }
    report
}

/// The reduced search, as it is set.
pub(super) fn look(scenario: &Scenario, limits: Limits) -> Exploration<Reduced> {
    let settings = context::with(|context| context.settings());
    let prepare = || drop(context::with(|context| context.set(settings.clone())));
    super::reduced::explore(scenario.outcomes, limits, scenario.shuttle, prepare)
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

/// Every interleaving with 0, 1, 2, ... preemptions, until one fails or all were seen.
fn bounded(scenario: &Scenario, budget: &Budget) -> Report {
    let deadline = std::time::Instant::now() + budget.time;
    let last = budget.preemptions.unwrap_or(MAX_PREEMPTIONS);
    let mut bound = 0;
    loop {
        let left = deadline.saturating_duration_since(std::time::Instant::now());
        let limits = Limits { time: left, ..limits(budget) };
        let found = counted(|| {
            Exploration::new(Bounded::new(Some(bound)), scenario.outcomes, limits)
                .run(scenario.shuttle)
        });
        let complete = found.stop == Some(Stop::Exhausted);
        if found.tally.failing > 0 || !complete || bound == last {
            let mut report = on_shuttle(Engine::Bounded, scenario, budget, found, None);
            report.bounds.preemptions = Some(bound);
            return report;
        }
        bound += 1;
    }
}

/// Random schedules.
pub fn random(scenario: &Scenario, budget: &Budget) -> Report {
    by_chance(Engine::Random, scenario, budget, || chance::Random::new(budget.seed))
}

/// Schedules with few changes of priority at random places.
fn pct(scenario: &Scenario, budget: &Budget) -> Report {
    by_chance(Engine::Pct, scenario, budget, || chance::Pct::new(budget.seed, 3))
}

fn by_chance<P: Policy + 'static>(
    engine: Engine,
    scenario: &Scenario,
    budget: &Budget,
    policy: impl Fn() -> P,
) -> Report {
    context::within(watching(Allow::ALL), || {
        let found = counted(|| {
            Exploration::new(policy(), scenario.outcomes, limits(budget)).run(scenario.shuttle)
        });
        let report = on_shuttle(engine, scenario, budget, found, None);
        Report { seed: Some(budget.seed), ..report }
    })
}

pub(super) fn limits(budget: &Budget) -> Limits {
    Limits {
        executions: budget.executions,
        time: budget.time,
        steps: budget.steps,
        first: false,
        free: false,
    }
}

pub(super) fn on_shuttle<P>(
    engine: Engine,
    scenario: &Scenario,
    budget: &Budget,
    found: Exploration<P>,
    simplest: Option<Best<Vec<u8>>>,
) -> Report {
    let seconds = found.tally.elapsed().as_secs_f64();
    let timeouts = found.late.then_some(LATE);
    let end = match found.stop {
        _ if found.tally.truncated > 0 => End::Truncated(format!(
            "{} of {} executions were longer than {} steps",
            found.tally.truncated, found.tally.executions, budget.steps
        )),
        Some(Stop::Exhausted) => End::Complete,
        Some(Stop::Executions) => End::Cut(format!("{} executions", budget.executions)),
        Some(Stop::FirstFailure) => End::Cut("the first failure".to_string()),
        Some(Stop::Counts) => End::Cut("a look at the count of an Arc".to_string()),
        Some(Stop::HeldUp) => End::Cut("a loop that waits".to_string()),
        Some(Stop::Time) | None => End::Cut(format!("{:.1} s", budget.time.as_secs_f64())),
    };
    let show = |best: &Best<Vec<u8>>| show::scheduled(scenario, budget, best);
    let failure = simplest.as_ref().map(show).filter(|failure| !failure.steps.is_empty());
    let failure = failure.or_else(|| found.tally.best.as_ref().map(show));
    let mut report = empty(engine, end, &found.tally);
    report.bounds.timeouts = timeouts;
    Report { failure, seconds, ..report }
}

fn empty<S>(engine: Engine, end: End, tally: &Tally<S>) -> Report {
    Report {
        engine,
        end,
        bounds: Bounds::default(),
        executions: tally.executions,
        broken_off: tally.truncated,
        distinct: None,
        failing: tally.failing,
        outcomes: tally.outcomes(),
        failure: None,
        seed: None,
        seconds: 0.0,
        first_failure_seconds: tally.first_failure.map(|time| time.as_secs_f64()),
        unreasonable: None,
        blind_spots: Vec::new(),
        notes: tally.unmodelled.map(|why| format!("not modelled: {why}")).into_iter().collect(),
        sequential: false,
        contradiction: None,
    }
}

/// loom: with few preemptions first; then, if nothing failed, without a bound.
pub fn loom(scenario: &Scenario, budget: &Budget, first_failure: bool) -> Report {
    // What it turns out to need is set for it alone.
    context::within(|_| (), || by_loom(scenario, budget, first_failure))
}

fn by_loom(scenario: &Scenario, budget: &Budget, first_failure: bool) -> Report {
    let limits = |preemptions, time| loom::Limits {
        preemptions,
        executions: budget.executions,
        time,
        branches: budget.steps,
        first: first_failure,
    };
    let first = budget.preemptions.unwrap_or(LOOM_PREEMPTIONS);
    let actors = (scenario.actors)().len();
    let explore = |limits| loom::explore(scenario.loom, actors, scenario.outcomes, limits);
    let found = explore(limits(Some(first), budget.time));
    let done = found.tally.failing > 0 || found.stop.is_some() || budget.preemptions.is_some();
    let left = budget.time.saturating_sub(found.tally.elapsed());
    let report = from_loom(scenario, found, limits(Some(first), budget.time));
    if done || left < Duration::from_millis(1) {
        return report;
    }
    let found = explore(limits(None, left));
    if found.stop == Some(loom::Stop::Time) && found.tally.failing == 0 {
        let seconds = report.seconds + found.tally.elapsed().as_secs_f64();
        let note = format!(
            "without a bound: stopped after {} executions, none of which failed",
            found.tally.executions
        );
        return Report { seconds, notes: [report.notes, vec![note]].concat(), ..report };
    }
    let seconds = report.seconds;
    let report = from_loom(scenario, found, limits(None, left));
    Report { seconds: report.seconds + seconds, ..report }
}

fn from_loom(scenario: &Scenario, found: loom::Found, limits: loom::Limits) -> Report {
    let (seconds, late) = (found.tally.elapsed().as_secs_f64(), found.late);
    let mut said = None;
    let mut notes = Vec::new();
    let end = match found.stop {
        None => End::Complete,
        Some(loom::Stop::Executions) => End::Cut(format!("{} executions", limits.executions)),
        Some(loom::Stop::Time) => End::Cut(format!("{:.1} s", limits.time.as_secs_f64())),
        Some(loom::Stop::FirstFailure) => End::Cut("the first failure".to_string()),
        Some(loom::Stop::Branches) => {
            notes.push("a loop that waits must call yield_now, or loom never ends it".to_string());
            End::Truncated(format!("an execution had more than {} steps", limits.branches))
        }
        // Explored again.
        Some(loom::Stop::Finer) => End::Cut("a wait that ends with a time".to_string()),
        Some(loom::Stop::Threads) => {
            End::Cut("loom models five threads at most, the main one among them".to_string())
        }
        Some(loom::Stop::Hard(message)) => {
            let first = message.lines().next().unwrap_or_default().to_string();
            said = Some(message);
            End::Cut(format!("loom ends here: {first}"))
        }
    };
    let failure =
        found.tally.best.as_ref().map(|best| show::numbered(scenario, limits, best, said));
    let mut report = empty(Engine::Loom, end, &found.tally);
    report.notes.extend(notes);
    report.bounds.preemptions = limits.preemptions;
    report.bounds.timeouts = late.then_some(LATE);
    Report { failure, seconds, ..report }
}
