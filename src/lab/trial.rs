//! One exploration, one child process, one deadline.
//!
//! loom can abort a process, a real deadlock hangs it for ever, and a student's code can do
//! anything: so each exploration runs in a child, and a child that crashed or hung is a verdict
//! like any other. The report goes through a file, never through stdout, and under a seal.

mod against;
mod asking;
mod death;
pub mod folder;
#[cfg(target_os = "linux")]
mod guard;
mod left;
pub mod moment;
mod moving;
mod seal;
mod serving;
#[cfg(unix)]
mod signal;
mod system;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{ChildStdin, Command, ExitStatus, Stdio};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::against::Limits;
use crate::explore::alone::Alone;
use crate::explore::conduct::Conduct;
use crate::explore::dealer::Question;
use crate::explore::weaken::{Diary, Weakened};
use crate::explore::{Budget, Engine, search};
use crate::foreign;
use crate::report::{Death, Kind, Report};
pub use against::{DiedIn, run_against};
pub use asking::ask;
pub use death::Unable;
use death::{death, died, unable};
use folder::{Ends, Folder};
use left::{Left, Stream};
use seal::Key;
pub use serving::{is_child, serve};
use system::Held;

/// Says in a child's environment that it is one. What it is to do comes through its stdin.
const CHILD: &str = "RACELAB_TRIAL";
/// How the name of a folder with a job begins.
const FOLDER: &str = "racelab-job-";
/// The status of a child that could not do its work.
const UNABLE: i32 = 70;

/// What a child is to do.
#[derive(Clone, Debug)]
pub struct Job {
    /// Names the scenario, in the words of whoever serves it.
    pub scenario: String,
    /// What explores it. The child finds it by its name, in the table that it is given.
    pub engine: &'static dyn Engine,
    /// How far it may go.
    pub budget: Budget,
}

/// What a child is to weaken.
#[derive(Clone, Debug)]
pub struct Weakening {
    /// Names the scenario, in the words of whoever serves it; another race of the same source
    /// after it. Each with the engines that can judge it.
    pub races: Vec<(String, Vec<&'static dyn Engine>)>,
    /// How far each exploration may go.
    pub budget: Budget,
}

#[derive(Serialize, Deserialize)]
enum Task {
    /// Explores the scenario of this name with the engine of this name.
    Explore(String, String, Budget),
    /// Weakens the races of these names, each with the engines of these names.
    Weaken(Vec<(String, Vec<String>)>, Budget, Diary),
    /// Runs the single-threaded cases of the scenario of this name.
    Alone(String),
    /// Looks at what the actors of the scenario of this name do.
    Conduct(String),
    /// Tries scenarios generated from the specification of the one of this name, with the engine of
    /// this name.
    Against(String, String, Limits),
    /// Answers a question about the scenario of this name.
    Ask(String, Question),
}

/// What is handed to a child: the task, the folder for its report, the key that seals it, and what
/// it may use of memory, in bytes.
#[derive(Serialize, Deserialize)]
struct Order {
    folder: OsString,
    key: Key,
    memory: u64,
    task: Task,
}

/// An [`Order`] as it is written.
#[derive(Serialize)]
struct OrderRef<'a> {
    folder: OsString,
    key: Key,
    memory: u64,
    task: &'a Task,
}

/// How a child is started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program, whose `main` or test calls [`serve`]; `None` is this program.
    pub program: Option<PathBuf>,
    /// Its arguments; none for a program whose `main` calls [`serve`] first.
    pub arguments: Vec<String>,
    /// What it may use of memory, in bytes, where the system can hold it to that.
    pub memory: u64,
    /// Whether it works in its temporary folder: what it leaves there goes with that.
    pub aside: bool,
    /// An exploration may take so much longer than it was asked to: to end its last execution, to
    /// repeat the one that it shows, and to write its report.
    pub grace: Duration,
}

impl Default for Launch {
    /// This program without arguments, 4 GiB, and a grace of 10 s.
    fn default() -> Launch {
        let grace = Duration::from_secs(10);
        Launch { program: None, arguments: Vec::new(), memory: 4 << 30, aside: false, grace }
    }
}

/// Runs a job in a child, for at most as long as it was asked for and the grace of `launch`. A child
/// that dies or hangs makes a report too. `watch` is told now and then how many executions there
/// have been.
///
/// # Errors
/// When no child can be started or no file be written, and [`Unable`] where the child was kept from
/// its work by something else than the scenario.
pub fn run(job: &Job, launch: &Launch, watch: &dyn Fn(u64)) -> anyhow::Result<Report> {
    ran(job, launch, watch).map(|(report, _)| report)
}

/// As [`run`]; nothing where the child ended without having come to its job.
pub(crate) fn run_if_reached(job: &Job, launch: &Launch) -> anyhow::Result<Option<Report>> {
    ran(job, launch, &|_| {}).map(|(report, begun)| begun.then_some(report))
}

/// The report, and whether the child has come to its job.
fn ran(job: &Job, launch: &Launch, watch: &dyn Fn(u64)) -> anyhow::Result<(Report, bool)> {
    let started = Instant::now();
    let deadline = search::longest(job.engine, &job.budget) + launch.grace;
    let name = job.engine.name().to_string();
    let task = Task::Explore(job.scenario.clone(), name, job.budget.clone());
    let child = in_child(&task, launch, deadline, watch)?;
    let report = match &child.answer {
        Some(report) => foreign::read(report).with_context(|| {
            let begins: String = report.chars().take(60).collect();
            format!("cannot understand the report, which begins {begins:?}")
        })?,
        None => died(job, &child, deadline, started.elapsed()),
    };
    Ok((report, child.begun))
}

/// Weakens a version in a child, for at most `deadline`. A weaker version that kills its child
/// fails; another child goes on with the next.
///
/// # Errors
/// As [`run`], and when the child died before the first weaker version, or did not end in time.
pub fn run_weakening(
    job: &Weakening,
    launch: &Launch,
    deadline: Duration,
    watch: &dyn Fn(u64),
) -> anyhow::Result<Weakened> {
    let started = Instant::now();
    let mut diary = Diary::default();
    loop {
        let left = deadline.saturating_sub(started.elapsed());
        let names = |engines: &Vec<&'static dyn Engine>| -> Vec<String> {
            engines.iter().map(|engine| engine.name().to_string()).collect()
        };
        let races = job.races.iter().map(|(race, engines)| (race.clone(), names(engines)));
        let task = Task::Weaken(races.collect(), job.budget.clone(), diary);
        let child = in_child(&task, launch, left, watch)?;
        if let Some(table) = child.answer {
            return foreign::read(&table).context("cannot understand the table");
        }
        if child.status.is_none() {
            anyhow::bail!("weakening did not end within {:.0} s", deadline.as_secs_f64())
        }
        let (_, how) = death(&child, deadline, None, false);
        let left: Option<Diary> = child.doing.and_then(|text| serde_json::from_str(&text).ok());
        diary = match left.and_then(|diary| diary.killed(&how)) {
            Some(diary) => diary,
            None => anyhow::bail!("weakening ended before its first version: {how:?}"),
        };
    }
}

/// Runs the single-threaded cases of a scenario in a child, for at most `deadline`. A child that
/// dies or hangs in one has failed that one.
///
/// # Errors
/// As [`run`].
pub fn run_alone(scenario: &str, launch: &Launch, deadline: Duration) -> anyhow::Result<Alone> {
    let child = in_child(&Task::Alone(scenario.to_string()), launch, deadline, &|_| {})?;
    match child.answer {
        Some(cases) => foreign::read(&cases).context("cannot understand the cases"),
        None => {
            let (kind, how) = death(&child, deadline, None, false);
            Ok(Alone::died(foreign::line(&child.doing.unwrap_or_default()), kind, how))
        }
    }
}

/// Looks at what the actors of a scenario do, in a child, for at most `deadline`; or how the child
/// died.
///
/// # Errors
/// As [`run`].
pub fn run_conduct(
    scenario: &str,
    launch: &Launch,
    deadline: Duration,
) -> anyhow::Result<Result<Conduct, (Kind, Death)>> {
    let child = in_child(&Task::Conduct(scenario.to_string()), launch, deadline, &|_| {})?;
    match &child.answer {
        Some(conduct) => foreign::read(conduct).context("cannot understand it").map(Ok),
        None => Ok(Err(death(&child, deadline, None, true))),
    }
}

fn in_child(
    task: &Task,
    launch: &Launch,
    deadline: Duration,
    watch: &dyn Fn(u64),
) -> anyhow::Result<Left> {
    let started = Instant::now();
    let folder = Folder::new(FOLDER).context(
        "cannot make a temporary folder (TMPDIR names the one for all of them, if it is set)",
    )?;
    let path = folder.path().join("job");
    let (key, memory) = (Key::new(), launch.memory);
    let order = OrderRef { folder: folder.path().as_os_str().to_owned(), key, memory, task };
    let order = serde_json::to_string(&order)? + "\n";
    let program = launch.program.clone().unwrap_or_else(system::this_program);
    let mut command = Command::new(&program);
    command
        .args(&launch.arguments)
        .env(CHILD, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    if launch.aside {
        command.current_dir(folder.path());
    }
    let mut held = system::spawn(&mut command).with_context(|| {
        format!(
            "cannot start {} as a child process (`ulimit -u` says how many one user may have)",
            program.display()
        )
    })?;
    let ends = Ends::with_us(held.child.id());
    let (told, streams) = match talk(&mut held, order) {
        Ok(talks) => talks,
        Err(error) => {
            held.end()?;
            return Err(error).context("cannot start the threads that talk to a child process");
        }
    };
    let status = wait(&mut held, started + deadline, &path.with_extension("progress"), watch)?;
    let moving = path.with_extension("moving").exists();
    let doing = left::text(&path.with_extension("doing"));
    let begun = path.with_extension("begun").exists();
    if status.is_none() {
        held.end().context("cannot end the child process")?;
    }
    drop((ends, told));
    let output = streams.map(|stream| stream.text()).concat();
    let output = foreign::shown(&output).into_owned();
    let report = left::text(&path.with_extension("report"));
    let report = report.filter(|_| status.is_some() && !held.lost);
    let answer = report.and_then(|report| key.open(&report));
    let executions = left::text(&path.with_extension("progress"));
    let executions = executions.and_then(|count| count.trim().parse().ok()).unwrap_or(0);
    let left = Left { answer, status, output, doing, moving, executions, begun };
    match unable(&left) {
        Some(why) => Err(why.into()),
        None => Ok(left),
    }
}

/// Hands a child its order, and holds its stdin open until this is dropped: the child ends when it
/// closes. A child that reads nothing holds nobody up.
fn tell(
    stdin: Option<ChildStdin>,
    order: String,
) -> std::io::Result<JoinHandle<Option<ChildStdin>>> {
    let write = move || {
        let mut stdin = stdin?;
        // A child that has ended already reads nothing: how it ended is told elsewhere.
        let _ = stdin.write_all(order.as_bytes());
        Some(stdin)
    };
    std::thread::Builder::new().spawn(write)
}

/// The threads that hand a child its order and read its streams.
type Talks = (JoinHandle<Option<ChildStdin>>, [Stream; 2]);

fn talk(held: &mut Held, order: String) -> std::io::Result<Talks> {
    let child = &mut held.child;
    let streams = [Stream::of(child.stdout.take())?, Stream::of(child.stderr.take())?];
    Ok((tell(child.stdin.take(), order)?, streams))
}

/// Waits for the end; `None` if the deadline comes first.
fn wait(
    held: &mut Held,
    deadline: Instant,
    progress: &Path,
    watch: &dyn Fn(u64),
) -> anyhow::Result<Option<ExitStatus>> {
    let mut pause = Duration::from_micros(200);
    let mut told = Instant::now();
    loop {
        folder::go_on();
        if let Some(status) = held.try_wait().context("cannot wait for the child process")? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            return Ok(None);
        }
        if told.elapsed() > Duration::from_millis(100) {
            told = Instant::now();
            let count = left::text(progress);
            if let Some(count) = count.and_then(|count| count.trim().parse().ok()) {
                watch(count);
            }
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(5));
    }
}
