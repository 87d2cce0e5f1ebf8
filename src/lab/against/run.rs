//! Generated scenarios under one engine, the simplest first, until one fails.

use std::sync::Arc;
use std::time::Instant;

use super::states::States;
use super::tested::{Calls, Failed, Tested, Tried};
use super::{Limits, generate, shape};
use crate::explore::shuttle::policy::Choice;
use crate::explore::{Budget, Engine, Engines, called, panics, patience, search, sighted};
use crate::report::{End, Failure, Kind, Report, Stop, Unseen, What};
use crate::rt::context;
use crate::scenario::Scenario;
use crate::specification::{
    Answer, Call, History, Operation, Program, Specification, judge, reasons,
};

/// Tries scenarios generated from the specification that judges this one, under an engine that
/// explores interleavings or execution graphs, in this process. `step` is told the calls of each
/// before it is tried.
///
/// # Panics
/// When no specification judges it.
pub fn run(
    scenario: &Scenario,
    engine: &dyn Engine,
    limits: &Limits,
    step: &dyn Fn(&Calls),
) -> Tested {
    let spec = scenario.specification().expect("a specification judges it");
    let named = |so: fn(&Operation) -> bool| -> Vec<String> {
        let all = spec.operations.iter().filter(|operation| so(operation));
        all.map(|operation| operation.name.to_string()).collect()
    };
    let mut trial = Trial {
        scenario,
        engine,
        spec,
        began: Instant::now(),
        announced: vec![false; spec.operations.len()],
        changes: vec![false; spec.operations.len()],
        waited: 0,
        tested: Tested {
            engine: engine.facts(),
            consistency: spec.consistency,
            refusable: named(|operation| operation.refusable),
            weakly: named(|operation| operation.weakly),
            limits: limits.clone(),
            shapes: Vec::new(),
            executions: 0,
            bounds: Default::default(),
            yields: None,
            too_long: 0,
            failed: None,
            not_judged: !judges(engine, spec),
            undecided: None,
            seconds: 0.0,
        },
    };
    match sighted::refused(scenario, engine) {
        Some(refused) => trial.tested.undecided = Some((None, refused.end)),
        None if trial.tested.not_judged => {}
        None => sighted::within(scenario, || trial.all(limits, step)),
    }
    let mut tested = trial.tested;
    tested.seconds = trial.began.elapsed().as_secs_f64();
    tested
}

/// The engines that judge by a specification: of those that explore by default the exact ones, under
/// the models of which it says something.
pub fn engines(all: &Engines, by: &Specification) -> Vec<&'static dyn Engine> {
    let all = all.by_default().into_iter();
    all.filter(|engine| engine.exact() && judges(*engine, by)).collect()
}

/// Whether a specification says something under a model of an engine.
fn judges(engine: &dyn Engine, by: &Specification) -> bool {
    !by.only_sc || engine.facts().interleaves()
}

struct Trial<'a> {
    scenario: &'a Scenario,
    engine: &'a dyn Engine,
    spec: &'static Specification,
    began: Instant,
    /// The operations that announced something, and those that change the plain state.
    announced: Vec<bool>,
    changes: Vec<bool>,
    /// Scenarios in which a loop waits.
    waited: u32,
    tested: Tested,
}

/// In so many scenarios it is looked whether a loop that waits gives up.
const LOOPS: u32 = 4;
/// Of so many scenarios it is looked whether they repeat themselves: what keeps something from one
/// execution to the next shows in the simplest.
const REPEATED: u64 = 8;

impl Trial<'_> {
    fn all(&mut self, limits: &Limits, step: &dyn Fn(&Calls)) {
        let mut chance = fastrand::Rng::with_seed(limits.seed);
        let mut states = States::new(self.spec);
        let shapes = shape::shapes(limits);
        let many = shapes.len();
        for (at, shape) in shapes.into_iter().enumerate() {
            let left = limits.time.saturating_sub(self.began.elapsed());
            let share = left / (many - at) as u32;
            let left = limits.executions.saturating_sub(self.tested.executions);
            let (before, most) = (self.tested.executions, left / (many - at) as u64);
            let began = Instant::now();
            let generate = || generate::scenarios(&mut states, &shape, limits, &mut chance);
            let (programs, whole) = quietly(generate);
            let chosen = programs.len() as u64;
            self.tested.shapes.push(Tried { shape, chosen, whole, explored: 0 });
            for program in programs {
                let left = share.saturating_sub(began.elapsed());
                let executions = most.saturating_sub(self.tested.executions - before);
                if left.is_zero() || executions == 0 {
                    break;
                }
                step(&Calls::of(self.spec, &program));
                // What is simple comes to its end, however small its share.
                let budget = Budget {
                    time: left.max(limits.each / 10).min(limits.each),
                    executions: executions
                        .max(limits.executions_of_one / 10)
                        .min(limits.executions_of_one),
                    ..Budget::default()
                };
                self.one(&mut states, program, &budget);
                if self.tested.failed.is_some() || self.tested.undecided.is_some() {
                    return;
                }
            }
        }
        let unseen = self.changes.iter().zip(&self.announced).position(|(c, a)| *c && !a);
        if let Some(operation) = unseen {
            let name = self.spec.operations[operation].name;
            let (file, source) = (String::new(), String::new());
            let unseen = Unseen { file, line: 0, source, what: What::Silent(name.to_string()) };
            self.tested.undecided = Some((None, End::Unseen(vec![unseen])));
        }
    }

    fn one(&mut self, states: &mut States<'_>, program: Program, budget: &Budget) {
        let simple = self.tested.shapes.iter().map(|tried| tried.explored).sum::<u64>() < REPEATED;
        let (program, engine, scenario) = (Arc::new(program), self.engine, self.scenario);
        let explore = || {
            let explore = || engine.explore(scenario, budget, true);
            let report = context::within(|settings| settings.repeats = !simple, explore);
            let waits = report.unreasonable.as_ref().is_some_and(|again| again.yields.is_some());
            // What loops do is soon known: the simplest scenarios have them.
            self.waited += waits as u32;
            match waits && self.waited <= LOOPS {
                true => patience::look(scenario, engine, budget, true, report),
                false => report,
            }
        };
        let report = following(&program, explore);
        self.note(states, &program, &report);
        let again = report.unreasonable.as_ref();
        self.tested.executions += report.executions + again.map_or(0, |again| again.executions);
        match (&report.failure, &report.end) {
            (Some(failure), _) => {
                let shown = following(&program, || engine.replay(scenario, budget, failure));
                let failure = shown.unwrap_or_else(|| failure.clone());
                self.tested.failed = Some(quietly(|| failed(self.spec, engine, &program, failure)));
            }
            (None, End::Complete) => {
                let tried = self.tested.shapes.last_mut().expect("its shape is tried");
                tried.explored += 1;
                let most = |mine: &mut Option<u32>, theirs: Option<u32>| *mine = theirs.max(*mine);
                most(&mut self.tested.bounds.timeouts, report.bounds.timeouts);
                most(&mut self.tested.bounds.rounds, report.bounds.rounds);
                most(&mut self.tested.yields, again.and_then(|again| again.yields));
            }
            (None, End::Cut(Stop::Time(_) | Stop::Executions(_))) => self.tested.too_long += 1,
            (None, end) => {
                let calls = Calls::of(self.spec, &program);
                self.tested.undecided = Some((Some(calls), end.clone()));
            }
        }
    }

    /// Notes which operations were seen to do anything.
    fn note(&mut self, states: &mut States<'_>, program: &Program, report: &Report) {
        let changes = quietly(|| generate::changes(states, program));
        self.changes.iter_mut().zip(changes).for_each(|(all, one)| *all |= one);
        if report.executions > 0 {
            called::announced(&mut self.announced);
        }
    }
}

/// The failing scenario of these calls once more, and its execution; none where its engine cannot run
/// it again, or it does not fail so.
pub fn again(
    scenario: &Scenario,
    engine: &dyn Engine,
    program: &Program,
    shown: &Failure,
) -> Option<Failed> {
    let spec = scenario.specification()?;
    let calls = Arc::new(program.clone());
    let failure = following(&calls, || search::replay(scenario, engine, shown))?;
    (failure.kind == shown.kind).then(|| quietly(|| failed(spec, engine, program, failure)))
}

/// A failing scenario, whose execution was shown last.
fn failed(
    spec: &'static Specification,
    engine: &dyn Engine,
    program: &Program,
    mut failure: Failure,
) -> Failed {
    let mut calls = Calls::of(spec, program);
    failure.actors.truncate(program.threads.len());
    let interleaves = engine.facts().interleaves();
    let moved = failure.schedule.iter().map(|step| Choice::decoded(*step).thread);
    let history = called::shown(!interleaves, &moved.collect::<Vec<_>>());
    let mut answered_before = Vec::new();
    if let Some((spec, history)) = history {
        fill(&mut calls, &history);
        let order = judge(spec, &history).filter(|_| failure.kind == Kind::Forbidden);
        let place = |call: usize| {
            let thread = history.calls[call].thread;
            let before = history.calls[..call].iter().filter(|other| other.thread == thread);
            (thread, before.count())
        };
        let pairs = order.map(|order| reasons(spec, &history, &order)).unwrap_or_default();
        answered_before = pairs.into_iter().map(|(a, b)| [place(a), place(b)]).collect();
    }
    Failed { calls, answered_before, failure, program: program.clone() }
}

/// A plain state may panic as well, and that is an answer.
fn quietly<R>(run: impl FnOnce() -> R) -> R {
    panics::quiet(true);
    let result = run();
    panics::quiet(false);
    result
}

/// Runs something whose executions follow this scenario.
pub(super) fn following<R>(program: &Arc<Program>, run: impl FnOnce() -> R) -> R {
    let program = program.clone();
    context::within(|settings| settings.program = Some(program), run)
}

/// Adds the answers.
fn fill(calls: &mut Calls, history: &History) {
    let alone = |said: &mut Vec<super::Said>, given: &[(Call, Answer)]| {
        said.iter_mut().zip(given).for_each(|(said, call)| said.answer = Some(call.1.clone()));
    };
    alone(&mut calls.first, &history.first);
    alone(&mut calls.last, &history.last);
    for (thread, said) in calls.threads.iter_mut().enumerate() {
        let mine = history.calls.iter().filter(|called| called.thread == thread);
        said.iter_mut().zip(mine).for_each(|(said, called)| {
            said.answer = Some(called.answer.clone());
        });
    }
}
