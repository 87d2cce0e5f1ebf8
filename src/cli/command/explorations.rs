//! Explorations in child processes: two checkers at once, real threads alone.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use crate::render::run::Run;
use racelab::Scenario;
use racelab::explore::{Budget, Engine, token};
use racelab::report::Report;
use racelab::second;
use racelab::trial::{self, Job, Launch, moment};
use racelab_demos::course::{Demo, Expect, Turn, Verdicts, Version};
use racelab_demos::promise::{self, Promise};

use super::progress::Progress;

/// Real threads have nothing to replay. Those that wait for each other for ever take as long.
const GRACE_OF_THREADS: Duration = Duration::from_secs(3);
/// Ends the name of a second race.
const AGAIN: &str = "again";

/// What a child is asked for: `torn-header/broken`, or `torn-header/broken/again`.
pub fn name(demo: &Demo, version: &Version, turn: Turn) -> String {
    let name = format!("{}/{}", demo.name, version.name());
    if turn == Turn::Again { format!("{name}/{AGAIN}") } else { name }
}

/// The scenario that a child is asked for.
pub fn find(name: &str) -> Option<&'static Scenario> {
    let (demo, version) = name.split_once('/')?;
    let (version, turn) = match version.split_once('/') {
        Some((version, AGAIN)) => (version, Turn::Again),
        Some(_) => return None,
        None => (version, Turn::First),
    };
    let (scenario, _) = racelab_demos::find(demo)?.version(version)?.race(turn)?;
    Some(scenario)
}

/// Why there is nothing to choose in a version: what it shows is on the machine alone.
pub fn no_schedule(version: &str) -> Option<String> {
    let demo = racelab_demos::find(version.split('/').next()?)?;
    let scenario = find(version)?;
    let runs = scenario.checkers.iter().any(|copy| copy.0 == "shuttle");
    let chooses = runs && demo.cost.is_none() && scenario.actors().len() > 1;
    (!chooses).then(|| {
        format!(
            "{version} has no schedule to choose: what it shows is on the machine alone, see \
             racelab demo {}",
            demo.name
        )
    })
}

/// What is to be explored, and how.
pub struct Plan<'a> {
    /// Which demo, and which of its versions.
    pub versions: Vec<(&'static Demo, &'static Version)>,
    /// Whether their second races are explored as well.
    pub again: bool,
    /// Each race with each of these.
    pub engines: &'a [&'static dyn Engine],
    /// How far an engine may go.
    pub budget: &'a dyn Fn(&dyn Engine) -> Budget,
    /// Whether a person reads words instead of watching a bar.
    pub plain: bool,
    /// How a child is started.
    pub launch: &'a Launch,
}

/// Explores, and holds each report against what its version declares. The runs of a version come
/// one after the other, its first race before its second.
///
/// # Errors
/// The first error of an exploration that could not be run.
pub fn run(plan: &Plan<'_>) -> anyhow::Result<Vec<(&'static Demo, Run)>> {
    let (mut asked, mut jobs) = (Vec::new(), Vec::new());
    for (demo, version, (turn, scenario, verdicts)) in races(plan) {
        for &engine in plan.engines {
            let job = match (verdicts.of(&engine.facts()), scenario.terms().checkers_only) {
                (Some(Expect::Skipped(reason)), _) => Err(reason),
                (None, Some(reason)) => Err(reason),
                _ => Ok(jobs.len()),
            };
            if job.is_ok() {
                let scenario = name(demo, version, turn);
                jobs.push(Job { scenario, engine, budget: (plan.budget)(engine) });
            }
            asked.push((demo, version, turn, verdicts, engine, job));
        }
    }
    let mut reports = explore(&jobs, plan)?;
    let machines = confront(plan, &jobs, &mut reports)?;
    let mut runs = Vec::new();
    for (demo, version, turn, verdicts, engine, job) in asked {
        let machine = machines.get(&name(demo, version, turn)).cloned();
        let bound = (plan.budget)(engine).preemptions;
        let found = match job {
            Ok(job) => {
                let report = reports[job].take().expect("each is used once");
                judged((demo, version, turn), &verdicts, engine, report, bound.is_some())
            }
            Err(reason) => vec![Run {
                version,
                turn,
                engine: engine.facts(),
                found: Err(reason),
                promise: Promise::Kept,
                machine: None,
                share: None,
            }],
        };
        runs.extend(found.into_iter().map(|run| (demo, Run { machine: machine.clone(), ..run })));
    }
    Ok(runs)
}

/// What a report says under each of its models, held against what the version declares.
pub fn judged(
    (demo, version, turn): (&Demo, &'static Version, Turn),
    verdicts: &Verdicts,
    engine: &'static dyn Engine,
    report: Report,
    bounded: bool,
) -> Vec<Run> {
    let name = name(demo, version, turn);
    let mut share = report.part.is_some().then(|| report.clone());
    let run = |report: Report| {
        let report = with_token(&name, engine, report);
        let narrowed = bounded && report.bounds.preemptions.is_some();
        let promise = promise::judge(verdicts, &report, narrowed);
        let engine = report.engine.clone();
        let (machine, share) = (None, share.take());
        Run { version, turn, engine, found: Ok(report), promise, machine, share }
    };
    report.by_model().into_iter().map(run).collect()
}

/// A report whose failing execution can be asked for again.
fn with_token(name: &str, asked: &'static dyn Engine, mut report: Report) -> Report {
    let found = std::iter::once(asked).chain(asked.successors().iter().copied());
    let by = found.into_iter().find(|engine| engine.name() == report.engine.name);
    if let (Some(by), Some(failure)) = (by, &mut report.failure) {
        failure.token = token::of(name, by, failure).filter(|_| !failure.steps.is_empty());
    }
    report
}

/// A race of a version, and what the engines must say of it.
type Raced = (Turn, &'static Scenario, Verdicts);

/// The races of a plan, each version's second after its first.
fn races<'a>(
    plan: &'a Plan<'_>,
) -> impl Iterator<Item = (&'static Demo, &'static Version, Raced)> + use<'a> {
    plan.versions.iter().flat_map(|&(demo, version)| {
        let races = version.races().filter(|race| plan.again || race.0 == Turn::First);
        races.map(move |race| (demo, version, race))
    })
}

/// Holds what this machine shows against what the checkers found, for each version that they pass
/// and that may run on real threads: in the run that was asked for, or in a moment of its own.
/// Returns what it showed, by the names of the scenarios.
fn confront(
    plan: &Plan<'_>,
    jobs: &[Job],
    reports: &mut [Option<Report>],
) -> anyhow::Result<HashMap<String, Report>> {
    let mut machines = HashMap::new();
    for (demo, version, (turn, scenario, _)) in races(plan) {
        let name = name(demo, version, turn);
        let mine = (0..jobs.len()).filter(|&at| jobs[at].scenario == name);
        let (real, mine): (Vec<usize>, Vec<usize>) =
            mine.partition(|&at| jobs[at].engine.hardware());
        let asked = real.first().and_then(|&at| reports[at].clone());
        let mut checked: Vec<Report> = mine.iter().filter_map(|&at| reports[at].take()).collect();
        second::weigh(&mut checked);
        let Some(&first) = mine.first() else { continue };
        let budget = jobs[first].budget.clone();
        let machine = match scenario.terms().checkers_only {
            Some(_) => None,
            None => moment::confront(&name, &mut checked, &budget, plan.launch, asked)?,
        };
        for (at, report) in mine.into_iter().zip(checked) {
            reports[at] = Some(report);
        }
        machines.extend(machine.map(|machine| (name, machine)));
    }
    Ok(machines)
}

/// Runs all jobs; the reports come in their order.
fn explore(jobs: &[Job], plan: &Plan<'_>) -> anyhow::Result<Vec<Option<Report>>> {
    let progress = Progress::new(jobs.len(), plan.plain);
    let reports: Vec<Mutex<Option<anyhow::Result<Report>>>> =
        jobs.iter().map(|_| Mutex::new(None)).collect();
    let run = |index: usize| {
        let report = child(&jobs[index], plan.launch, &progress);
        *reports[index].lock().expect("no thread panics here") = Some(report);
    };
    let real = |index: &usize| jobs[*index].engine.hardware();
    let (alone, together): (Vec<usize>, Vec<usize>) = (0..jobs.len()).partition(real);
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..together.len().min(2) {
            scope.spawn(|| {
                while let Some(&index) = together.get(next.fetch_add(1, Relaxed)) {
                    run(index);
                }
            });
        }
    });
    alone.into_iter().for_each(run);
    progress.finish();
    let report = |report: Mutex<Option<anyhow::Result<Report>>>| {
        report.into_inner().expect("no thread panics here").transpose()
    };
    reports.into_iter().map(report).collect()
}

fn child(job: &Job, launch: &Launch, progress: &Progress) -> anyhow::Result<Report> {
    let grace = if job.engine.hardware() { GRACE_OF_THREADS } else { launch.grace };
    let launch = &Launch { grace, ..launch.clone() };
    let last = AtomicU64::new(0);
    let watch = |now| progress.executions(&job.scenario, last.swap(now, Relaxed), now);
    let report = trial::run(job, launch, &watch);
    progress.done();
    report
}
