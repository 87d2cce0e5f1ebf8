//! loom, with soft failures: it goes on after a failing execution, and the simplest is kept.
//!
//! loom is run once for each actor, with that actor going first. Its partial-order reduction
//! remembers only the last access to an object (loom 0.7.3, `rt/execution.rs`, `schedule`): after
//! a load by A, then a load and a store by B, it does not try B's store before A's load. Which
//! actor goes first decides which of the two is found.

mod equal;
mod insides;
mod row;
mod show;
mod traps;

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::execution::Job;
use super::panics;
use super::tally::{Best, Ended, Tally};
use crate::explore::execution::execute;
use crate::race::{Meaning, UnderChecker};
use crate::report::Kind;
use crate::rt::allow::Allow;
use crate::rt::context::{self, CLOCKS, RECORD, Settings};
use crate::rt::{self, blocking, record, spot};

pub use row::LOOM;

/// How far loom may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct LoomLimits {
    /// Switches away from a thread that could have gone on.
    pub(crate) preemptions: Option<usize>,
    pub(crate) executions: u64,
    pub(crate) time: Duration,
    /// Branching points in one execution.
    pub(crate) branches: usize,
    /// Ends at the first failure.
    pub(crate) first: bool,
}

/// Why loom ended before it had seen everything; a report says it as a [`Stop`](crate::report::Stop).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum LoomStop {
    Executions,
    Time,
    FirstFailure,
    /// One execution had too many branching points.
    Branches,
    /// More threads than loom has.
    Threads,
    /// The program needs to be modelled more finely: all that was seen counts for nothing.
    Finer,
    /// loom gave up with these words; the failure is counted if it is one.
    Hard(String),
}

/// Names one execution: loom is deterministic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Number {
    /// The actor that goes first, from 0.
    first: usize,
    /// From 1, among the executions in which that actor goes first.
    execution: u64,
}

/// What an exploration by loom has come to.
pub(crate) struct Explored {
    pub(crate) tally: Tally<Number>,
    pub(crate) stop: Option<LoomStop>,
    /// Whether a time that was up let others go first.
    pub(crate) late: bool,
}

/// The exploration that runs now, for what loom calls back.
struct Exploring {
    tally: Tally<Number>,
    limits: LoomLimits,
    /// The execution that was begun last.
    now: Number,
    /// The one to record, and nothing after it.
    record: Option<Number>,
    stop: Option<LoomStop>,
    late: bool,
}

thread_local! {
    static EXPLORING: RefCell<Option<Exploring>> = const { RefCell::new(None) };
    static FIRST: Cell<usize> = const { Cell::new(0) };
}

/// A reason to end loom's exploration from inside.
struct Enough;

fn with<R>(f: impl FnOnce(&mut Exploring) -> R) -> R {
    EXPLORING.with(|state| f(state.borrow_mut().as_mut().expect("loom is exploring")))
}

/// Explores `race` with each actor going first, until a limit stops it.
pub(crate) fn explore(
    race: &'static dyn UnderChecker,
    table: &'static [Meaning],
    limits: LoomLimits,
) -> Explored {
    context::with(|context| context.wants.take());
    let mut found = Explored { tally: Tally::new(table), stop: None, late: false };
    for first in 0..crate::race::actors(race) {
        let late = found.late;
        found = run(race, found.tally, limits, Number { first, execution: 0 }, None);
        found.late |= late;
        if found.stop.is_some() {
            break;
        }
    }
    if coarse() {
        context::with(|context| {
            let finer = context.finer.get().and(context.wants.get());
            context.set(Settings { finer, ..context.settings() })
        });
        return explore(race, table, limits);
    }
    found
}

/// Whether the program turned out to need more than is modelled.
fn coarse() -> bool {
    context::with(|context| {
        let finer = context.finer.get();
        context.wants.get().and(finer) != finer
    })
}

/// Runs up to execution `number` and records that one: [`record::take`] has it afterwards.
pub(crate) fn replay(
    race: &'static dyn UnderChecker,
    table: &'static [Meaning],
    limits: LoomLimits,
    number: Number,
) {
    let begin = Number { execution: 0, ..number };
    run(race, Tally::new(table), limits, begin, Some(number));
}

fn run(
    race: &'static dyn UnderChecker,
    tally: Tally<Number>,
    limits: LoomLimits,
    now: Number,
    record: Option<Number>,
) -> Explored {
    let state = Exploring { tally, limits, now, record, stop: None, late: false };
    EXPLORING.with(|place| *place.borrow_mut() = Some(state));
    FIRST.set(now.first);
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = limits.preemptions;
    builder.max_branches = limits.branches;
    builder.max_permutations = None;
    builder.max_duration = None;
    builder.checkpoint_file = None;
    builder.location = true;
    builder.log = false;
    let before = context::with(|context| {
        let allow = Allow::default();
        context.set(Settings { allow, counting: false, point: None, ..context.settings() })
    });
    panics::quiet(true);
    let ended = catch_unwind(AssertUnwindSafe(|| {
        builder.check(move || {
            begin();
            execute(race, &mut threads);
            settle();
        });
    }));
    let said = panics::take();
    panics::quiet(false);
    context::with(|context| {
        context.end();
        context.set(before);
    });
    let mut state = EXPLORING.with(|place| place.borrow_mut().take()).expect("loom has explored");
    if let Err(payload) = ended
        && !payload.is::<Enough>()
    {
        hard(&mut state, said.map(|said| said.message));
    }
    Explored { tally: state.tally, stop: state.stop, late: state.late }
}

/// loom ended by a panic of its own, or by an end without words: its threads' small stacks make
/// an overflow so.
fn hard(state: &mut Exploring, message: Option<String>) {
    let kind = match message.as_deref() {
        None => Some(Kind::Crash),
        Some(message) if message.starts_with("Causality violation") => Some(Kind::DataRace),
        Some(message) if message.starts_with("deadlock") => Some(Kind::Deadlock),
        Some("racelab: undrained store") => Some(Kind::Undrained),
        Some(_) => None,
    };
    let message = match (kind, message) {
        // loom's own words are about its insides; the steps say who holds what.
        (Some(Kind::Deadlock), _) => "no thread can go on".to_string(),
        (Some(Kind::DataRace), Some(message)) => race_words(&message),
        (_, Some(message)) if limit(&message).is_some() => message,
        (_, Some(message)) => insides::words(&message),
        (_, None) => "most likely a thread overflowed its stack, which is 32 KiB under loom".into(),
    };
    let stop = limit(&message).unwrap_or(LoomStop::Hard(message));
    state.tally.executions += 1;
    if let Some(kind) = kind {
        let (stale, switches, steps) = score();
        let (score, allow) = ((stale, switches, steps), Allow::default());
        state.tally.fail(Best { score, kind, schedule: state.now, allow });
    }
    state.stop = Some(stop);
}

/// A limit of loom's that these words of its own are about.
fn limit(message: &str) -> Option<LoomStop> {
    match message {
        _ if message.starts_with("Model exceeded") => Some(LoomStop::Branches),
        _ if message.contains("self.threads.len() < self.max()") => Some(LoomStop::Threads),
        _ => None,
    }
}

/// A race, with the two places where loom names them: on lines such as
/// `write one: thread #0 @ src/mine.rs:8:9`.
fn race_words(message: &str) -> String {
    let what = "nothing orders two accesses to plain memory";
    let place = |line: &str| {
        let (_, place) = line.rsplit_once('@')?;
        let mut parts = panics::file_name(place.trim().trim_matches('`')).split(':');
        Some(format!("{}:{}", parts.next()?, parts.next()?))
    };
    // A place inside the facade says nothing: the steps say where it was called.
    let thread = |line: &&str| line.contains("thread #") && !spot::in_facade(line);
    let places: Vec<String> = message.lines().filter(thread).filter_map(place).collect();
    match places.is_empty() {
        true => what.to_string(),
        false => format!("{what}, at {}", places.join(" and ")),
    }
}

fn score() -> (usize, usize, usize) {
    context::with(|c| (c.stale.get(), c.switches.get(), c.steps.get()))
}

fn begin() {
    let (stop, record) = with(|state| {
        let stop = match state.record {
            Some(number) if state.now == number => Some(LoomStop::Executions),
            Some(_) => None,
            None if coarse() => Some(LoomStop::Finer),
            None if state.tally.executions >= state.limits.executions => Some(LoomStop::Executions),
            None if state.tally.elapsed() >= state.limits.time => Some(LoomStop::Time),
            None if state.limits.first && state.tally.failing > 0 => Some(LoomStop::FirstFailure),
            None => None,
        };
        state.now.execution += 1;
        state.stop = stop.clone();
        (stop, state.record == Some(state.now))
    });
    if stop.is_some() {
        panic_any(Enough);
    }
    context::with(|context| {
        let watching = context.watching.get();
        let shown = RECORD | CLOCKS;
        context.watching.set(if record { watching | shown } else { watching & !shown });
    });
}

fn settle() {
    let ended = Ended::finished().unwrap_or(Ended::Truncated);
    with(|state| {
        let number = state.now;
        state.late |= blocking::held_back();
        state.tally.count(&ended, score, || number);
    });
}

/// Starts a loom thread for each job but the one that goes first: that runs on the main thread,
/// for fewer threads are fewer executions.
pub(crate) fn threads(mut jobs: Vec<Job>) {
    rt::loom::prepare();
    let first = FIRST.get().min(jobs.len() - 1);
    let mine = jobs.remove(first);
    let mut handles = Vec::new();
    for (index, job) in jobs.into_iter().enumerate() {
        let handle = loom::thread::spawn(job);
        let thread = if index < first { index + 1 } else { index + 2 };
        rt::loom::register(thread, handle.thread().clone());
        handles.push(handle);
    }
    rt::loom::register(first + 1, loom::thread::current());
    mine();
    for handle in handles {
        let _ = handle.join();
    }
}

/// The record of the execution that [`replay`] ran.
pub(crate) fn recorded() -> record::Record {
    record::take()
}
