//! The child's side: it takes its order, does what it is there for, and leaves its report.

use std::io::{BufRead, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anyhow::Context as _;

use super::death::TOLD;
use super::{CHILD, FOLDER, Order, Task, UNABLE, moving, system};
use crate::against;
use crate::explore::{Engines, alone, conduct, dealer, progress, search, weaken};
use crate::scenario::Scenario;

/// What this process is to do, if it is a child, until it does it. A test may check several
/// scenarios before the one that it is there for.
static ORDER: Mutex<Option<Order>> = Mutex::new(None);

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
            // Whoever cannot read this is told by the status.
            let _ = writeln!(std::io::stderr(), "{}{error:#}", TOLD);
            std::process::exit(UNABLE)
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
        Task::Alone(name) | Task::Conduct(name) | Task::Ask(name, _) => vec![name],
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
    std::fs::write(path.with_extension("begun"), "").context("cannot write a file")?;
    system::limit_memory(memory);
    end_with_parent(path.clone());
    progress::write_to(path.with_extension("progress"));
    let answer = match task {
        Task::Explore(_, name, budget) => {
            moving::watch(path.with_extension("moving"));
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
            moving::watch(path.with_extension("moving"));
            let step =
                |calls: &_| progress::doing(&serde_json::to_string(calls).unwrap_or_default());
            serde_json::to_string(&against::run(scenario, engine(name)?, limits, &step))
        }
        Task::Ask(_, question) => {
            moving::watch(path.with_extension("moving"));
            serde_json::to_string(&dealer::answer(engines, scenario, question))
        }
        Task::Alone(_) => serde_json::to_string(&alone::run(scenario, &progress::doing)),
        Task::Conduct(_) => {
            moving::watch(path.with_extension("moving"));
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
    let Some(before) = system::stdin() else { return };
    let wait = move || {
        let mut nothing = [0; 1];
        // Nothing is ever written: this returns when the other end is closed.
        while matches!(std::io::stdin().read(&mut nothing), Ok(1)) {}
        // A scenario that closes its own stdin has not lost its parent.
        if system::stdin() != Some(before) {
            return;
        }
        // The folder was the parent's to remove.
        let folder = job.parent().filter(|folder| {
            folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(FOLDER))
        });
        if let Some(folder) = folder {
            // What is left of it harms nobody.
            let _ = std::fs::remove_dir_all(folder);
        }
        std::process::exit(130);
    };
    // Without a thread for it, the guard alone ends it then.
    let _ = std::thread::Builder::new().spawn(wait);
}

/// Whether this process is a child that runs one exploration.
pub fn is_child() -> bool {
    std::env::var_os(CHILD).is_some()
}
