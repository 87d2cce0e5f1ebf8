//! One exploration, one child process, one deadline.
//!
//! loom can abort a process, a real deadlock hangs it for ever, and a student's code can do
//! anything: so each exploration runs in a child, and a child that crashed or hung is a verdict
//! like any other. The report goes through a file, never through stdout, and under a seal.

mod against;
mod death;
pub mod moment;
mod seal;
mod stuck;
mod system;

use std::ffi::OsString;
use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use serde::{Deserialize, Serialize};

use crate::against::{self as generated, Limits};
use crate::explore::alone::{self, Alone};
use crate::explore::conduct::{self, Conduct};
use crate::explore::weaken::{self, Diary, Weakened};
use crate::explore::{Budget, Engine, Engines, progress, search};
use crate::report::{Death, Kind, Report};
use crate::scenario::Scenario;
pub use against::{DiedIn, run_against};
use death::{death, died};
use seal::Key;

/// Says in a child's environment that it is one. What it is to do comes through its stdin.
const CHILD: &str = "RACELAB_TRIAL";
/// How the name of a folder with a job begins.
const FOLDER: &str = "racelab-job-";
/// Of each of the child's output streams so much is kept, in bytes.
const OUTPUT: usize = 64 << 10;

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

/// What this process is to do, if it is a child, until it does it. A test may check several
/// scenarios before the one that it is there for.
static ORDER: Mutex<Option<Order>> = Mutex::new(None);

/// How a child is started.
#[derive(Clone, Debug)]
pub struct Launch {
    /// The program, whose `main` or test calls [`serve`]; `None` is this program.
    pub program: Option<PathBuf>,
    /// Its arguments; none for a program whose `main` calls [`serve`] first.
    pub arguments: Vec<String>,
    /// What it may use of memory, in bytes, where the system can hold it to that.
    pub memory: u64,
}

impl Default for Launch {
    /// This program without arguments, and 4 GiB.
    fn default() -> Launch {
        Launch { program: None, arguments: Vec::new(), memory: 4 << 30 }
    }
}

/// Answers and exits, if this process is such a child and `find` knows the scenario it is there
/// for; returns otherwise. Comes first in `main`.
///
/// `find` knows the scenarios by the names used in [`Job::scenario`], and `engines` is the table of
/// whoever asks, or one with more in it.
pub fn serve(engines: &Engines, find: impl Fn(&str) -> Option<&'static Scenario>) {
    if !is_child() {
        return;
    }
    match answer(engines, find) {
        Ok(true) => std::process::exit(0),
        Ok(false) => {}
        Err(error) => {
            eprintln!("racelab: {error:#}");
            std::process::exit(70)
        }
    }
}

fn answer(
    engines: &Engines,
    find: impl Fn(&str) -> Option<&'static Scenario>,
) -> anyhow::Result<bool> {
    let Some(order) = order()? else { return Ok(false) };
    let names: Vec<&String> = match &order.task {
        Task::Explore(scenario, ..) | Task::Against(scenario, ..) => vec![scenario],
        Task::Weaken(races, ..) => races.iter().map(|(name, _)| name).collect(),
        Task::Alone(name) | Task::Conduct(name) => vec![name],
    };
    let found: Option<Vec<&Scenario>> = names.into_iter().map(|name| find(name)).collect();
    let Some(&[scenario, ..]) = found.as_deref() else {
        *ORDER.lock().unwrap_or_else(PoisonError::into_inner) = Some(order);
        return Ok(false);
    };
    let Order { folder, key, memory, ref task } = order;
    let path = Path::new(&folder).join("job");
    let engine = |name: &String| {
        let engine = engines.find(name);
        engine.with_context(|| format!("no engine is called {name} in the child's table"))
    };
    system::limit_memory(memory);
    end_with_parent(path.clone());
    progress::write_to(path.with_extension("progress"));
    let answer = match task {
        Task::Explore(_, name, budget) => {
            stuck::watch(path.with_extension("stuck"));
            serde_json::to_string(&search::explore(scenario, engine(name)?, budget))
        }
        Task::Weaken(races, budget, diary) => {
            let engines = races.iter().map(|(_, names)| names.iter().map(engine).collect());
            let engines: Vec<Vec<_>> = engines.collect::<anyhow::Result<_>>()?;
            let engines = engines.iter().map(Vec::as_slice);
            let races: Vec<_> = found.into_iter().flatten().zip(engines).collect();
            serde_json::to_string(&weaken::resume(&races, budget, diary.clone()))
        }
        Task::Against(_, name, limits) => {
            stuck::watch(path.with_extension("stuck"));
            let step =
                |calls: &_| progress::doing(&serde_json::to_string(calls).unwrap_or_default());
            serde_json::to_string(&generated::run(scenario, engine(name)?, limits, &step))
        }
        Task::Alone(_) => serde_json::to_string(&alone::run(scenario, &progress::doing)),
        Task::Conduct(_) => {
            stuck::watch(path.with_extension("stuck"));
            serde_json::to_string(&conduct::watch(scenario))
        }
    };
    let done = path.with_extension("part");
    std::fs::write(&done, key.seal(&answer?)).context("cannot write the report")?;
    std::fs::rename(&done, path.with_extension("report")).context("cannot write the report")?;
    Ok(true)
}

/// The order that is not taken yet. The first to ask reads it from stdin: whoever asks after the
/// scenario has begun, the scenario itself among them, finds nothing.
fn order() -> anyhow::Result<Option<Order>> {
    static READ: Mutex<bool> = Mutex::new(false);
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    if !std::mem::replace(&mut *read, true) {
        let mut line = String::new();
        std::io::stdin().lock().read_line(&mut line).context("cannot read the job")?;
        return serde_json::from_str(&line).context("cannot understand the job").map(Some);
    }
    Ok(ORDER.lock().unwrap_or_else(PoisonError::into_inner).take())
}

/// A child whose parent has gone, by Ctrl-C or a kill, has nobody to report to.
fn end_with_parent(job: PathBuf) {
    std::thread::spawn(move || {
        let mut nothing = [0; 1];
        // Nothing is ever written: this returns when the other end is closed.
        while matches!(std::io::stdin().read(&mut nothing), Ok(1)) {}
        // The folder was the parent's to remove.
        let folder = job.parent().filter(|folder| {
            folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(FOLDER))
        });
        if let Some(folder) = folder {
            // What is left of it harms nobody.
            let _ = std::fs::remove_dir_all(folder);
        }
        std::process::exit(130);
    });
}

/// Whether this process is a child that runs one exploration.
pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}

/// Runs a job in a child, for at most `deadline`. A child that dies or hangs makes a report too.
/// `watch` is told now and then how many executions there have been.
///
/// # Errors
/// When no child can be started or no file be written.
pub fn run(
    job: &Job,
    launch: &Launch,
    deadline: Duration,
    watch: &dyn Fn(u64),
) -> anyhow::Result<Report> {
    let started = Instant::now();
    let name = job.engine.name().to_string();
    let task = Task::Explore(job.scenario.clone(), name, job.budget.clone());
    let child = in_child(&task, launch, deadline, watch)?;
    match child.answer {
        Some(report) => serde_json::from_str(&report).context("cannot understand the report"),
        None => Ok(died(job, &child, deadline, started.elapsed())),
    }
}

/// Weakens a version in a child, for at most `deadline`. A weaker version that kills its child
/// fails; another child goes on with the next.
///
/// # Errors
/// When no child can be started, no file be written, the child died before the first weaker
/// version, or it did not end in time.
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
            return serde_json::from_str(&table).context("cannot understand the table");
        }
        if child.status.is_none() {
            anyhow::bail!("weakening did not end within {:.0} s", deadline.as_secs_f64())
        }
        let (_, how) = death(&child, deadline, None);
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
/// When no child can be started or no file be written.
pub fn run_alone(scenario: &str, launch: &Launch, deadline: Duration) -> anyhow::Result<Alone> {
    let child = in_child(&Task::Alone(scenario.to_string()), launch, deadline, &|_| {})?;
    match child.answer {
        Some(cases) => serde_json::from_str(&cases).context("cannot understand the cases"),
        None => {
            let (kind, how) = death(&child, deadline, None);
            Ok(Alone::died(child.doing.unwrap_or_default(), kind, how))
        }
    }
}

/// Looks at what the actors of a scenario do, in a child, for at most `deadline`; or how the child
/// died.
///
/// # Errors
/// When no child can be started or no file be written.
pub fn run_conduct(
    scenario: &str,
    launch: &Launch,
    deadline: Duration,
) -> anyhow::Result<Result<Conduct, (Kind, Death)>> {
    let child = in_child(&Task::Conduct(scenario.to_string()), launch, deadline, &|_| {})?;
    match &child.answer {
        Some(conduct) => serde_json::from_str(conduct).context("cannot understand it").map(Ok),
        None => Ok(Err(death(&child, deadline, None))),
    }
}

/// What a child has left behind.
struct Left {
    answer: Option<String>,
    status: Option<ExitStatus>,
    output: String,
    /// What it said that it was doing, last.
    doing: Option<String>,
    /// It had been in one execution for long.
    stuck: bool,
}

fn in_child(
    task: &Task,
    launch: &Launch,
    deadline: Duration,
    watch: &dyn Fn(u64),
) -> anyhow::Result<Left> {
    let started = Instant::now();
    let folder = tempfile::Builder::new()
        .prefix(FOLDER)
        .tempdir()
        .context("cannot make a temporary folder")?;
    let path = folder.path().join("job");
    let (key, memory) = (Key::new(), launch.memory);
    let order = OrderRef { folder: folder.path().as_os_str().to_owned(), key, memory, task };
    let order = serde_json::to_string(&order)? + "\n";
    let program = match &launch.program {
        Some(program) => program.clone(),
        None => std::env::current_exe().context("cannot find this program")?,
    };
    let mut command = Command::new(program);
    command
        .args(&launch.arguments)
        .env(CHILD, "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    system::own_group(&mut command);
    let mut child = command.spawn().context("cannot start a child process")?;
    let stdout = drain(child.stdout.take());
    let stderr = drain(child.stderr.take());
    let told = tell(child.stdin.take(), order)?;
    let status = wait(&mut child, started + deadline, &path.with_extension("progress"), watch)?;
    drop(told);
    let output = [stdout, stderr].map(|reader| reader.join().unwrap_or_default()).concat();
    let answer = std::fs::read_to_string(path.with_extension("report")).ok();
    let answer = answer.and_then(|report| key.open(&report));
    let doing = std::fs::read_to_string(path.with_extension("doing")).ok();
    let stuck = path.with_extension("stuck").exists();
    Ok(Left { answer, status, output, doing, stuck })
}

/// Hands a child its order, and holds its stdin open until this is dropped: the child ends when it
/// closes. A child that reads nothing holds nobody up.
fn tell(
    stdin: Option<ChildStdin>,
    order: String,
) -> anyhow::Result<std::thread::JoinHandle<Option<ChildStdin>>> {
    let write = move || {
        let mut stdin = stdin?;
        // A child that has ended already reads nothing: how it ended is told elsewhere.
        let _ = stdin.write_all(order.as_bytes());
        Some(stdin)
    };
    std::thread::Builder::new().spawn(write).context("cannot start a thread")
}

/// Waits for the end; `None` if the deadline came first and the child was killed.
fn wait(
    child: &mut Child,
    deadline: Instant,
    progress: &Path,
    watch: &dyn Fn(u64),
) -> anyhow::Result<Option<ExitStatus>> {
    let mut pause = Duration::from_micros(200);
    let mut told = Instant::now();
    loop {
        if let Some(status) = child.try_wait().context("cannot wait for the child process")? {
            system::end_group(child);
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            system::end_group(child);
            // Already gone is as good as killed.
            let _ = child.kill();
            child.wait().context("cannot wait for the child process")?;
            return Ok(None);
        }
        if told.elapsed() > Duration::from_millis(100) {
            told = Instant::now();
            let count = std::fs::read_to_string(progress).ok();
            if let Some(count) = count.and_then(|count| count.trim().parse().ok()) {
                watch(count);
            }
        }
        std::thread::sleep(pause);
        pause = (pause * 2).min(Duration::from_millis(5));
    }
}

/// Reads everything, so that the child never blocks on a full pipe, and keeps the beginning.
fn drain(pipe: Option<impl Read + Send + 'static>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let (mut kept, mut buffer) = (Vec::new(), [0; 8192]);
        let Some(mut pipe) = pipe else { return String::new() };
        while let Ok(count @ 1..) = pipe.read(&mut buffer) {
            let room = OUTPUT - kept.len();
            kept.extend_from_slice(&buffer[..count.min(room)]);
        }
        String::from_utf8_lossy(&kept).into_owned()
    })
}
