//! `racelab bench`: the maps beside each other on this machine.

pub mod args;
mod kept;
mod watch;

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::thread;

use anyhow::Context;
use racelab::words::number;
use racelab_bench::draw::Spread;
use racelab_bench::plan::{Ground, KeyType, Plan};
use racelab_bench::report::Report;
use racelab_bench::run;
use racelab_bench::{advise, available, case};

use super::progress::Spinner;
use super::{Ending, Out, interrupt};
use crate::render::bench as render;
use args::BenchArgs;
use kept::Refused;
use watch::Watched;

/// Measures, or goes on measuring, and shows what came out; also of a run that was broken off.
pub fn run(arguments: &BenchArgs, out: &mut Out) -> anyhow::Result<Ending> {
    if let Some(file) = &arguments.tree {
        return tree(file, out);
    }
    if arguments.case {
        return case(arguments, out);
    }
    if arguments.advise {
        return advise(arguments, out);
    }
    let plan = arguments.plan();
    let mut report = match &arguments.keep {
        Some(file) => match kept::read(file, &plan)? {
            Ok(report) => report,
            Err(Refused(why)) => {
                eprintln!("racelab: {}: {why}", file.display());
                return Ok(Ending::Differs);
            }
        },
        None => run::begin(plan),
    };
    if let Some(missing) = missing(&report.plan) {
        eprintln!("racelab: {missing}");
        return Ok(Ending::Missing);
    }
    if let Some(file) = &arguments.svg {
        writable(file)?;
    }
    interrupt::listen();
    let mut watched = Watched::new(&report, arguments.keep.as_deref(), out.page.plain);
    run::go_on(&mut report, &mut watched).context("cannot keep what was measured")?;
    watched.finish();
    if let Some(file) = &arguments.svg {
        fs::write(file, render::svg(&report))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    match out.json {
        true => out.document(&render::document(&report))?,
        false => out.text(&render::text(&report, &out.page))?,
    }
    if report.complete {
        return Ok(Ending::Promised);
    }
    if !out.json {
        out.text(&broken_off(&report, arguments.keep.as_deref(), out))?;
    }
    Ok(Ending::Interrupted)
}

/// `--advise`: measures the load and what lies around it, and says which map to take.
fn advise(arguments: &BenchArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let load = arguments.load();
    let mut report = run::begin(arguments.advise_plan());
    if let Some(missing) = missing(&report.plan) {
        eprintln!("racelab: {missing}");
        return Ok(Ending::Missing);
    }
    interrupt::listen();
    let mut watched = Watched::new(&report, None, out.page.plain);
    run::go_on(&mut report, &mut watched).context("cannot go on measuring")?;
    watched.finish();
    let advice = advise::judge(&load, &report);
    match out.json {
        true => out.document(&render::advice::document(advice.as_ref(), &report))?,
        false => out.text(&render::advice::text(&load, advice.as_ref(), &report, &out.page))?,
    }
    Ok(match (report.complete, advice) {
        (false, _) => Ending::Interrupted,
        (true, None) => Ending::Inconclusive,
        (true, Some(_)) => Ending::Promised,
    })
}

/// `--tree`: which map to take, from what was measured.
fn tree(file: &Path, out: &mut Out) -> anyhow::Result<Ending> {
    let report = match kept::load(file)? {
        Ok(report) => report,
        Err(Refused(why)) => {
            eprintln!("racelab: {}: {why}", file.display());
            return Ok(Ending::Differs);
        }
    };
    let tree = racelab_bench::tree::grow(&report);
    match out.json {
        true => out.document(&render::tree::document(tree.as_ref(), &report))?,
        false => out.text(&render::tree::text(tree.as_ref(), &report, &out.page))?,
    }
    Ok(if tree.is_some() { Ending::Promised } else { Ending::Inconclusive })
}

/// `--case`: the article's case on one map after another.
fn case(arguments: &BenchArgs, out: &mut Out) -> anyhow::Result<Ending> {
    let (case, designs) = arguments.case();
    // One map at a time, beside the ids.
    let ground = Ground { keys: case.ids, key: KeyType::String, spread: Spread::Uniform };
    let maps = designs.iter().take(1).map(|design| design.name().to_string()).collect();
    let threads = vec![case.threads];
    if let Some(missing) = missing(&Plan { grounds: vec![ground], maps, threads, ..Plan::quick() })
    {
        eprintln!("racelab: {missing}");
        return Ok(Ending::Missing);
    }
    interrupt::listen();
    let spinner = Spinner::new(out.page.plain);
    spinner.says(&format!("making {} ids", case.ids));
    let ids = case::ids(&case);
    let mut served = Vec::new();
    for &design in &designs {
        spinner.says(design.name());
        let one = case::run(case, design, &ids, &interrupt::was_noted);
        if interrupt::was_noted() {
            break;
        }
        served.push(one);
    }
    spinner.finish();
    match out.json {
        true => out.document(&render::served::document(&case, &served))?,
        false => out.text(&render::served::text(&case, &served, &out.page))?,
    }
    let whole = served.len() == designs.len();
    Ok(if whole { Ending::Promised } else { Ending::Interrupted })
}

/// What a run that was stopped says at its end.
fn broken_off(report: &Report, keep: Option<&Path>, out: &Out) -> String {
    let (done, of) = (report.cells.len(), report.plan.settings().len());
    let how = match keep {
        Some(_) => "The same command goes on from there.",
        None => "With --keep FILE a run can be taken up again.",
    };
    let says = format!("Broken off after {done} of {of} cells. {how}");
    out.page.paragraph("\n", "", &says)
}

/// What this plan needs and this machine has not.
fn missing(plan: &Plan) -> Option<String> {
    let needed = plan.bytes();
    if let Some(free) = available::bytes().filter(|free| *free < needed) {
        let gigabytes = |bytes: u64| bytes as f64 / 1e9;
        return Some(format!(
            "this takes about {:.1} GB of memory, and {:.1} GB are free: measure fewer keys with \
             --keys, or fewer maps with --maps",
            gigabytes(needed),
            gigabytes(free)
        ));
    }
    let threads = plan.threads.iter().copied().max().unwrap_or(1);
    // All at one time, as they will run.
    let started = thread::scope(|scope| {
        let start = |_| thread::Builder::new().spawn_scoped(scope, || thread::park_timeout(PAUSE));
        (0..threads).map(start).take_while(Result::is_ok).count()
    });
    (started < threads).then(|| {
        let threads = number::of(threads as u64, "thread", "threads");
        format!("the system gives {started} threads here and not {threads}: ask for fewer with --threads")
    })
}

/// Long enough that all threads of [`missing`] live at the same time.
const PAUSE: std::time::Duration = std::time::Duration::from_millis(20);

/// Whether a file can be written, before anything is measured for it.
fn writable(file: &Path) -> anyhow::Result<()> {
    let open = OpenOptions::new().create(true).append(true).open(file);
    open.map(drop).with_context(|| format!("cannot write {}", file.display()))
}
