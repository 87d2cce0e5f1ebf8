//! A closure as a model: captures and all, any number of threads, in an ordinary test.

use std::panic::Location;
use std::sync::Arc;

use crate::check::{Call, Checked, shared, this_test};
use crate::explore::{Budget, Engine, Engines, search, unnamed};
use crate::race::{Body, Closure, UnderChecker};
use crate::report::{NoChild, Note, Report, Unseen, What};
use crate::scenario::Scenario;
use crate::trial::{self, Job, Launch};
use crate::{second, sight};

/// Explores what a closure does, for the test that calls this: every class of interleavings, and
/// every execution graph that C11 allows. What its threads share is made of
/// [`rt::shuttle`](crate::rt::shuttle), which has std's paths, in the closure or in what it calls;
/// the closure runs once an execution, and does the same each time, but for what the order of its
/// threads changes.
///
/// An execution ends when all threads have ended, also those that nobody joins. It fails where a
/// thread panics that nobody joins, the closure among them; at a data race, a use after free, a
/// deadlock or a livelock.
///
/// Each engine explores in a child process, which is the same test started again, up to this call:
/// the calls of `model` before it return there at once. Where that cannot be, in this process, and
/// the report says so. What std's own types do nobody sees, nor what goes through the pointer of
/// [`UnsafeCell::get`](crate::rt::shuttle::cell::UnsafeCell::get), nor what lies behind a pointer that
/// is not made of `rt`: only what racelab sees is claimed. Where it knows of such, a test that passes
/// prints its report.
///
/// With `RACELAB_PARTITION=2/4` in the environment it explores the second share of four, as
/// [`check`](crate::check()) does.
///
/// ```
/// use racelab::rt::shuttle::sync::{Arc, atomic::{AtomicU32, Ordering::Relaxed}};
/// use racelab::rt::shuttle::thread;
///
/// racelab::model(|| {
///     let count = Arc::new(AtomicU32::new(0));
///     let theirs = count.clone();
///     let other = thread::spawn(move || theirs.fetch_add(1, Relaxed));
///     count.fetch_add(1, Relaxed);
///     other.join().unwrap();
///     assert_eq!(count.load(Relaxed), 2);
/// });
/// ```
///
/// # Panics
/// When something failed, with the failing execution as a table, and when an exploration did not
/// come to its end; each says which. Within a closure that is being explored: a model has no models.
#[track_caller]
pub fn model(body: impl Fn() + Send + Sync + 'static) {
    model_within(&Budget::default(), body);
}

/// As [`model`], with limits of your own.
///
/// # Panics
/// As [`model`].
#[track_caller]
pub fn model_within(budget: &Budget, body: impl Fn() + Send + Sync + 'static) {
    let checked = explore_model(budget, body);
    let unseen = |report: &Report| report.notes.iter().any(|note| matches!(note, Note::NotSeen(_)));
    if checked.is_share() {
        eprintln!("{checked}");
    } else if !checked.passed() {
        panic!("not passed\n\n{checked}");
    } else if checked.reports.iter().any(unseen) {
        eprintln!("passed, as far as it is seen\n\n{checked}");
    }
}

/// As [`model_within`], but returns what was found instead of panicking at a failure.
///
/// # Panics
/// When no child process can be started, and within a closure that is being explored.
#[track_caller]
pub fn explore_model(budget: &Budget, body: impl Fn() + Send + Sync + 'static) -> Checked {
    explore(budget, Arc::new(body), Location::caller())
}

/// What there is for one call of `model`: a few words, kept until the process ends, as an engine
/// wants it.
fn scenario(name: String, closure: &'static Closure) -> &'static Scenario {
    let copy: &'static dyn UnderChecker = closure;
    Box::leak(Box::new(Scenario {
        name: name.leak(),
        sources: &[],
        in_place: None,
        native: closure,
        amplified: None,
        checkers: vec![("shuttle", copy)].leak(),
    }))
}

fn explore(budget: &Budget, body: Arc<Body>, at: &'static Location<'static>) -> Checked {
    assert!(
        !crate::rt::whole::runs(),
        "model is called within a model, by a closure that is being explored: call it in the test"
    );
    let closure: &'static Closure = Box::leak(Box::new(Closure::new(body, at)));
    let checked = explored(budget, closure, at);
    closure.ends();
    checked
}

fn explored(budget: &Budget, closure: &'static Closure, at: &'static Location<'static>) -> Checked {
    let call = Call::here();
    let name = call.name();
    let file_place = format!("{}:{}:{}", at.file(), at.line(), at.column());
    let place = format!("{file_place} {name}");
    let scenario = scenario(name, closure);
    if trial::is_child() {
        // A test may have several models: this child is there for one of them.
        trial::serve(&Engines::standard(), |wanted| (wanted == place).then_some(scenario));
        return Checked { reports: Vec::new(), missing: Vec::new(), machine: None };
    }
    let engines = Engines::standard();
    if call.replays(&engines, scenario) {
        return Checked { reports: Vec::new(), missing: Vec::new(), machine: None };
    }
    let mut reports = in_children(scenario, &place, &shared(budget));
    second::weigh(&mut reports);
    let text = unnamed::text(at.file()).unwrap_or_default();
    reports.iter_mut().filter_map(|report| report.part.as_mut()).for_each(|part| part.is_of(&text));
    if let Some(report) = reports.first_mut() {
        report.notes.extend(remarks(at.file(), &text).into_iter().map(Note::NotSeen));
    }
    let mut checked = Checked::new(scenario, reports, None);
    call.tell(&engines, &mut checked, (&file_place, scenario.outcomes()));
    if !checked.passed() {
        call.plays(&place, checked.failure(), None);
    }
    checked
}

/// Where it is set, closures are explored in the process of their test: what they leave in a static or
/// in a captured value is there afterwards.
const IN_PROCESS: &str = "RACELAB_IN_PROCESS";

/// So many remarks are read.
const REMARKS: usize = 3;

/// What the file of the test says that no checker sees: whether the closure has to do with it, nobody
/// knows.
fn remarks(file: &str, text: &str) -> Vec<Unseen> {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    let mut found = sight::in_text(name, text);
    // Whether `loom` is the real one the text does not say.
    found.retain(|unseen| match &unseen.what {
        What::Path { path, .. } => !path.starts_with("loom::"),
        What::StaticMut | What::Assembly | What::Foreign => true,
        _ => false,
    });
    found.truncate(REMARKS);
    found
}

/// The engines that explore a closure: those of its runtime, of which only some can explore a share.
fn engines(budget: &Budget) -> Vec<&'static dyn Engine> {
    let all = Engines::standard().by_default().into_iter();
    let divide = |engine: &&dyn Engine| budget.partition.is_none() || engine.divides();
    all.filter(|engine| engine.runtime() == "shuttle").filter(divide).collect()
}

/// One report an engine, in their order.
fn in_children(scenario: &'static Scenario, place: &str, budget: &Budget) -> Vec<Report> {
    let why = match std::env::var_os(IN_PROCESS) {
        Some(_) => NoChild::Wanted,
        None => NoChild::Unnamed,
    };
    let Some(arguments) = this_test().filter(|_| why == NoChild::Unnamed) else {
        return engines(budget)
            .into_iter()
            .map(|engine| here(scenario, engine, budget, why))
            .collect();
    };
    let launch = Launch { arguments, ..Launch::default() };
    let run = &|engine| {
        let job = Job { scenario: place.to_string(), engine, budget: budget.clone() };
        match trial::run_if_reached(&job, &launch) {
            Ok(report) => report,
            Err(error) => panic!("racelab could not explore {}: {error:#}", scenario.name),
        }
    };
    std::thread::scope(|scope| {
        let children =
            engines(budget).into_iter().map(|engine| (engine, scope.spawn(move || run(engine))));
        let children: Vec<_> = children.collect();
        let reports = children.into_iter().map(|(engine, child)| {
            let report = child.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            report.unwrap_or_else(|| here(scenario, engine, budget, NoChild::NotReached))
        });
        reports.collect()
    })
}

/// Explores in this process, and says so.
fn here(
    scenario: &'static Scenario,
    engine: &'static dyn Engine,
    budget: &Budget,
    why: NoChild,
) -> Report {
    let mut report = search::explore(scenario, engine, budget);
    report.notes.push(Note::InProcess(why));
    report
}
