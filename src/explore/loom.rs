//! loom, with soft failures: it goes on after a failing execution, and the simplest is kept.

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::time::Duration;

use super::execution::Job;
use super::panics;
use super::tally::{Best, Ended, Tally};
use crate::race::Meaning;
use crate::report::Kind;
use crate::rt::context::{self, RECORD};
use crate::rt::{self, record};

/// How far loom may go.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Switches away from a thread that could have gone on.
    pub(crate) preemptions: Option<usize>,
    pub(crate) executions: u64,
    pub(crate) time: Duration,
    /// Branching points in one execution.
    pub(crate) branches: usize,
    /// Ends at the first failure.
    pub(crate) first: bool,
}

/// Why loom ended before it had seen everything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    Executions,
    Time,
    FirstFailure,
    /// One execution had too many branching points.
    Branches,
    /// More threads than loom has.
    Threads,
    /// loom gave up with these words; the failure is counted if it is one.
    Hard(String),
}

/// What loom found. An execution is named by its number, from 1: loom is deterministic.
pub(crate) struct Found {
    pub(crate) tally: Tally<u64>,
    pub(crate) stop: Option<Stop>,
}

struct State {
    tally: Tally<u64>,
    limits: Limits,
    /// Executions begun.
    begun: u64,
    /// The one to record, and nothing after it.
    record: Option<u64>,
    stop: Option<Stop>,
}

thread_local! {
    static STATE: RefCell<Option<State>> = const { RefCell::new(None) };
}

/// A reason to end loom's exploration from inside.
struct Enough;

fn with<R>(f: impl FnOnce(&mut State) -> R) -> R {
    STATE.with(|state| f(state.borrow_mut().as_mut().expect("loom is exploring")))
}

/// Explores `execution`.
pub(crate) fn explore(execution: fn(), table: &'static [Meaning], limits: Limits) -> Found {
    run(execution, table, limits, None)
}

/// Runs up to execution `number` and records that one: [`record::take`] has it afterwards.
pub(crate) fn replay(execution: fn(), table: &'static [Meaning], limits: Limits, number: u64) {
    let limits = Limits { first: false, ..limits };
    run(execution, table, limits, Some(number));
}

fn run(
    execution: fn(),
    table: &'static [Meaning],
    limits: Limits,
    record: Option<u64>,
) -> Found {
    let state = State { tally: Tally::new(table), limits, begun: 0, record, stop: None };
    STATE.with(|place| *place.borrow_mut() = Some(state));
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = limits.preemptions;
    builder.max_branches = limits.branches;
    builder.max_permutations = None;
    builder.max_duration = None;
    builder.checkpoint_file = None;
    builder.location = true;
    builder.log = false;
    panics::quiet(true);
    let ended = catch_unwind(AssertUnwindSafe(|| {
        builder.check(move || {
            begin();
            execution();
            settle();
        });
    }));
    let said = panics::take();
    panics::quiet(false);
    context::with(|context| {
        context.active.set(false);
        context.watching.set(context.watching.get() & !RECORD);
    });
    let mut state = STATE.with(|place| place.borrow_mut().take()).expect("loom has explored");
    if let Err(payload) = ended
        && !payload.is::<Enough>()
    {
        let message = said.map(|said| said.message).unwrap_or_else(|| "no message".to_string());
        hard(&mut state, message);
    }
    Found { tally: state.tally, stop: state.stop }
}

/// loom ended by a panic of its own.
fn hard(state: &mut State, message: String) {
    let kind = if message.starts_with("Causality violation") {
        Some(Kind::DataRace)
    } else if message.starts_with("deadlock") {
        Some(Kind::Deadlock)
    } else {
        None
    };
    let stop = if message.starts_with("Model exceeded") {
        Stop::Branches
    } else if message.contains("self.threads.len() < self.max()") {
        Stop::Threads
    } else {
        Stop::Hard(message)
    };
    state.tally.executions += 1;
    if let Some(kind) = kind {
        let (stale, switches, steps) = score();
        state.tally.fail(Best { score: (stale, switches, steps), kind, schedule: state.begun });
    }
    state.stop = Some(stop);
}

fn score() -> (usize, usize, usize) {
    context::with(|c| (c.stale.get(), c.switches.get(), c.steps.get()))
}

fn begin() {
    let stop = with(|state| {
        let spent = state.tally.elapsed() >= state.limits.time;
        let stop = if state.record == Some(state.begun) && state.begun > 0 {
            Some(Stop::Executions)
        } else if state.begun >= state.limits.executions {
            Some(Stop::Executions)
        } else if spent && state.record.is_none() {
            Some(Stop::Time)
        } else if state.limits.first && state.tally.failing > 0 {
            Some(Stop::FirstFailure)
        } else {
            None
        };
        state.begun += 1;
        state.stop = stop.clone();
        stop
    });
    if stop.is_some() {
        panic_any(Enough);
    }
    let now = with(|state| state.record == Some(state.begun));
    context::with(|context| {
        let watching = context.watching.get();
        context.watching.set(if now { watching | RECORD } else { watching & !RECORD });
    });
}

fn settle() {
    let ended = Ended::finished().unwrap_or(Ended::Truncated);
    with(|state| {
        let number = state.begun;
        state.tally.count(&ended, score, || number);
    });
}

/// Starts a loom thread for each job but the last, which runs on the main one: fewer threads are
/// fewer executions, and every order of starting is the same to the actors.
pub(crate) fn threads(mut jobs: Vec<Job>) {
    let last = jobs.pop();
    let mut handles = Vec::new();
    for (index, job) in jobs.into_iter().enumerate() {
        let handle = loom::thread::spawn(job);
        rt::loom::register(index + 1, handle.thread().clone());
        handles.push(handle);
    }
    if let Some(job) = last {
        rt::loom::register(handles.len() + 1, loom::thread::current());
        job();
    }
    for handle in handles {
        let _ = handle.join();
    }
}

/// The record of the execution that [`replay`] ran.
pub(crate) fn recorded() -> record::Record {
    record::take()
}
