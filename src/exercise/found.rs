//! What was found of a solution: alone, in company, and under the model checkers.

use std::path::Path;
use std::time::Duration;

use super::against::{self, Specified};
use racelab::Scenario;
use racelab::against::Amounts;
use racelab::explore::alone::Alone;
use racelab::explore::conduct::{Conduct, Ending};
use racelab::explore::weaken::Weakened;
use racelab::explore::{Budget, Engine, Engines, alone, conduct, search, token};
use racelab::report::{Death, End, Kind, Report, Verdict};
use racelab::report::{Unseen, What};
use racelab::second::{self, deciding};
use racelab::trial::{self, Job, Launch, Weakening, moment};

/// What a child may use of memory: thirty laptops are not thirty servers.
const MEMORY: u64 = 1 << 30;
/// For the single-threaded cases, and for a look at what the actors do.
const LOOK: Duration = Duration::from_secs(6);
/// For the whole table of weakenings.
const WEAKEN: Duration = Duration::from_secs(6);
/// A checker may take so much longer than it was asked to before it is stopped: a laptop in a class
/// does other things too.
const GRACE: Duration = Duration::from_secs(5);

/// What was found of a solution. What comes after a stage that failed may not have been looked at.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The single-threaded cases.
    pub alone: Alone,
    /// What the actors do; or how the process died that looked.
    pub conduct: Option<Result<Conduct, (Kind, Death)>>,
    /// What each engine found.
    pub reports: Vec<Report>,
    /// What this machine showed in a moment on real threads, where every engine passes it and it
    /// may run there. Where it contradicts them, the reports say so.
    pub machine: Option<Report>,
    /// What scenarios came to that the exercise's specification generates, where all else passes.
    pub specified: Option<Specified>,
}

/// Ends the name by which a program knows the scenario that a specification judges.
pub const SPECIFIED: &str = "/specified";

/// How far a solution is explored.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The engines that can judge it.
    pub engines: Vec<&'static dyn Engine>,
    /// How far each may go.
    pub budget: Budget,
    /// Whether the exercise specifies what a solution should do.
    pub specified: bool,
}

impl Plan {
    /// These engines, 8 s each.
    pub fn of(engines: Vec<&'static dyn Engine>) -> Plan {
        let budget = Budget { time: Duration::from_secs(8), ..Budget::default() };
        Plan { engines, budget, specified: false }
    }
}

/// What is done with a solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doing {
    /// Its cases run on one thread alone.
    Alone,
    /// What its actors do is looked at.
    Conduct,
    /// The model checkers begin.
    Checkers,
    /// The engine of this name has run so many executions.
    Executions(&'static str, u64),
    /// It runs on real threads.
    Machine,
    /// It is held against what the exercise specifies.
    Specification,
    /// It is made weaker, one place at a time.
    Weaken,
}

/// Whoever is told how far it has come.
pub trait Watcher: Sync {
    /// This is done now.
    fn step(&self, doing: Doing) {
        let _ = doing;
    }

    /// The checkers are about to look at what actors do so; the last moment to predict.
    fn before_checkers(&self, conduct: &Conduct) {
        let _ = conduct;
    }
}

/// Nobody is told.
impl Watcher for () {}

/// Looks at the scenario called `name` in a program, with a child process for each look.
///
/// # Errors
/// When no child can be started.
pub fn in_program(
    program: &Path,
    name: &str,
    plan: &Plan,
    watcher: &dyn Watcher,
) -> anyhow::Result<Found> {
    let launch = launch(program);
    watcher.step(Doing::Alone);
    let mut found = Found { alone: trial::run_alone(name, &launch, LOOK)?, ..Found::default() };
    if found.alone.died.is_some() {
        return Ok(found);
    }
    watcher.step(Doing::Conduct);
    let conduct = trial::run_conduct(name, &launch, LOOK)?;
    let behaves = conduct.is_ok();
    let real = conduct.as_ref().is_ok_and(|conduct| !conduct.checkers_only);
    if let Ok(conduct) = &conduct {
        watcher.before_checkers(conduct);
    }
    found.conduct = Some(conduct);
    // What a checker does not see may hang it, and what it says of the rest misleads.
    let in_text = |unseen: &Unseen| !matches!(unseen.what, What::Silent(_));
    if !behaves || found.unseen().iter().any(in_text) {
        return Ok(found);
    }
    let explore = |engine: &'static dyn Engine| {
        let job = Job { scenario: name.to_string(), engine, budget: plan.budget.clone() };
        let watch = |count| watcher.step(Doing::Executions(engine.name(), count));
        let mut report = trial::run(&job, &launch, &watch)?;
        let by = Engines::standard().find(&report.engine.name);
        let shown = report.failure.as_mut().filter(|failure| !failure.steps.is_empty());
        if let (Some(by), Some(failure)) = (by, shown) {
            failure.token = token::of(name, by, failure);
        }
        Ok(report)
    };
    watcher.step(Doing::Checkers);
    // A child for each at once: there are two by default, and rarely fewer processors.
    let reports: Vec<anyhow::Result<Report>> = std::thread::scope(|scope| {
        let threads = plan.engines.iter().map(|engine| scope.spawn(|| explore(*engine)));
        let threads: Vec<_> = threads.collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("an exploration panicked")))
        };
        threads.into_iter().map(join).collect()
    });
    found.reports = weighed(reports.into_iter().collect::<anyhow::Result<_>>()?);
    if real {
        watcher.step(Doing::Machine);
        found.machine = moment::confront(name, &mut found.reports, &plan.budget, &launch, None)?;
    }
    if plan.specified && found.solved() {
        watcher.step(Doing::Specification);
        let name = format!("{name}{SPECIFIED}");
        let mut specified = against::in_program(program, &name, MEMORY, &plan.engines)?;
        against::name_failures(&mut specified, &name);
        found.specified = Some(specified);
    }
    Ok(found)
}

/// How a student's program is started, for each look at it.
pub fn launch(program: &Path) -> Launch {
    let program = Some(program.to_path_buf());
    Launch { program, memory: MEMORY, aside: true, grace: GRACE, ..Launch::default() }
}

/// The reports by model, with those marked that are second opinions.
fn weighed(reports: Vec<Report>) -> Vec<Report> {
    let mut reports: Vec<Report> = reports.into_iter().flat_map(Report::by_model).collect();
    second::weigh(&mut reports);
    reports
}

/// Weakens a solution that passes, one place at a time; `None` when that does not end in time.
pub fn weakened(program: &Path, name: &str, plan: &Plan) -> Option<Weakened> {
    let launch = launch(program);
    let job = Weakening {
        races: vec![(name.to_string(), plan.engines.clone())],
        budget: plan.budget.clone(),
    };
    trial::run_weakening(&job, &launch, WEAKEN, &|_| {}).ok()
}

/// Looks at a scenario in this process: for one that is known to behave. `specified` is the same that
/// a specification judges, where one does.
pub fn here(scenario: &Scenario, specified: Option<&Scenario>, plan: &Plan) -> Found {
    let explore = |engine: &&'static dyn Engine| search::explore(scenario, *engine, &plan.budget);
    let mut found = Found {
        alone: alone::run(scenario, &|_| {}),
        conduct: Some(Ok(conduct::watch(scenario))),
        reports: weighed(plan.engines.iter().map(explore).collect()),
        ..Found::default()
    };
    if let Some(specified) = specified.filter(|_| found.solved()) {
        found.specified = Some(against::here(specified, &plan.engines, &against::limits()));
    }
    found
}

impl Found {
    /// What the checkers do not see.
    pub fn unseen(&self) -> &[Unseen] {
        match &self.conduct {
            Some(Ok(conduct)) => &conduct.unseen,
            _ => &[],
        }
    }

    /// How many executions of all engines ended with this outcome.
    pub fn count(&self, outcome: &str) -> u64 {
        let rows = deciding(&self.reports).flat_map(Report::came_up);
        rows.filter(|row| row.id == outcome).map(|row| row.count).sum()
    }

    /// How many interleavings fail, and how many there are; where all were seen, and some fail.
    pub fn failing(&self) -> Option<(u64, u64)> {
        let counted = |report: &&Report| {
            report.engine.interleaves() && report.end == End::Complete && report.failing > 0
        };
        let report = self.reports.iter().find(counted)?;
        Some((report.failing, report.distinct?))
    }

    /// Required outcomes that never came up. Empty where no execution came to its end: then it is
    /// not work that is missing.
    pub fn missing(&self) -> Vec<&Ending> {
        let Some(Ok(conduct)) = &self.conduct else { return Vec::new() };
        let ended = deciding(&self.reports).flat_map(Report::came_up).next().is_some();
        let missing = |row: &&Ending| row.required && self.count(&row.id) == 0;
        conduct.outcomes.iter().filter(missing).filter(|_| ended).collect()
    }

    /// What the exercise's specification says of it, where it was asked.
    fn specified(&self) -> Option<Amounts> {
        self.specified.as_ref().map(against::amounts)
    }

    /// Whether every engine saw everything within its bounds and found nothing, one thread alone
    /// gets every case right, no actor does what the judge objects to, and no scenario fails that
    /// the specification generates.
    pub fn solved(&self) -> bool {
        let Some(Ok(conduct)) = &self.conduct else { return false };
        let quiet = conduct.blocks.is_none() && conduct.uses.is_none() && conduct.exceeds.is_none();
        let alone = self.alone.died.is_none() && self.alone.ran.iter().all(|r| r.failed.is_none());
        let passed = |report: &Report| report.verdict() == Verdict::Passed;
        let explored = !self.reports.is_empty() && deciding(&self.reports).all(passed);
        let seen = conduct.unseen.is_empty();
        let specified = self.specified().is_none_or(|amounts| amounts == Amounts::Passed);
        seen && quiet && alone && explored && self.missing().is_empty() && specified
    }

    /// Whether nothing is wrong so far, but not everything was seen.
    pub fn open(&self) -> bool {
        let failing = deciding(&self.reports).any(|report| report.failure.is_some());
        match self.specified() {
            Some(Amounts::Undecided) => return true,
            Some(Amounts::Failed) => return false,
            _ => {}
        }
        let complete = deciding(&self.reports).all(|report| report.end == End::Complete);
        let idle = complete && !self.missing().is_empty();
        let Some(Ok(conduct)) = &self.conduct else { return false };
        let quiet = conduct.blocks.is_none() && conduct.uses.is_none() && conduct.exceeds.is_none();
        let alone = self.alone.died.is_none() && self.alone.ran.iter().all(|r| r.failed.is_none());
        conduct.unseen.is_empty()
            && quiet
            && alone
            && !failing
            && !idle
            && !self.solved()
            && deciding(&self.reports).any(|report| report.verdict() != Verdict::Passed)
    }
}
