//! `racelab report`: demos as one page that stands alone.

use std::fs::OpenOptions;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use racelab::explore::{Budget, Engine, Engines, NATIVE};
use racelab::trial::Launch;
use racelab_demos::course::{Demo, Role, Version};

use super::explorations::{self, Plan};
use super::{Ending, Out, check};
use crate::arguments::demo_names;
use crate::render::html::{self, Told};
use crate::render::json;
use crate::render::run::Run;

/// So long the broken version of each demo runs on real threads.
const MACHINE: Duration = Duration::from_millis(300);

/// The arguments of `racelab report`.
#[derive(Debug, clap::Args)]
pub struct ReportArgs {
    /// Which demos
    #[arg(value_name = "NAME", value_parser = demo_names(), required_unless_present = "all")]
    pub names: Vec<String>,
    /// Every demo, in the order of the course
    #[arg(long, conflicts_with = "names")]
    pub all: bool,
    /// The file that the page is written to
    #[arg(long, value_name = "FILE")]
    pub html: PathBuf,
}

/// Explores, and writes the page.
pub fn run(args: &ReportArgs, engines: &Engines, out: &mut Out) -> anyhow::Result<Ending> {
    let chosen = |demo: &&Demo| args.all || args.names.iter().any(|name| name == demo.name);
    let demos: Vec<&'static Demo> = racelab_demos::every().filter(chosen).collect();
    let file = args.html.display();
    // Whether it can be written is known before all is explored; what it has stays until then.
    let open = OpenOptions::new().create(true).append(true).open(&args.html);
    open.with_context(|| format!("cannot write {file}"))?;
    let all = |demo: &&'static Demo| {
        let demo = *demo;
        demo.versions.iter().map(move |version| (demo, version)).collect::<Vec<_>>()
    };
    let versions = demos.iter().flat_map(all).collect();
    let mut runs = explored(versions, &engines.by_default(), check::TIME, out)?;
    let measured = demos.iter().filter(|demo| demo.cost.is_none());
    let broken = measured.filter_map(|demo| {
        let broken = demo.versions.iter().find(|version| version.role == Role::Broken)?;
        broken.scenario.terms().checkers_only.is_none().then_some((*demo, broken))
    });
    runs.extend(explored(broken.collect(), &[NATIVE], MACHINE, out)?);
    let ending = Ending::of(runs.iter().map(|(_, run)| &run.promise));
    let told: Vec<Told> = demos
        .iter()
        .map(|demo| {
            let mine = runs.iter().filter(|(of, _)| of.name == demo.name);
            Told { demo, runs: mine.map(|(_, run)| run.clone()).collect() }
        })
        .collect();
    let title = match demos.as_slice() {
        [one] => format!("{}, by racelab", one.name),
        _ => "racelab: concurrency bugs made visible".to_string(),
    };
    let page = html::report(&title, &about(), &told);
    std::fs::write(&args.html, &page).with_context(|| format!("cannot write {file}"))?;
    let kib = page.len().div_ceil(1024);
    if out.json {
        out.document(&json::page(&args.html, page.len()))?;
    } else {
        out.text(&format!("{file}: {kib} KiB. Open it in a browser; it needs no network.\n"))?;
    }
    Ok(ending)
}

fn explored(
    versions: Vec<(&'static Demo, &'static Version)>,
    engines: &[&'static dyn Engine],
    time: Duration,
    out: &Out,
) -> anyhow::Result<Vec<(&'static Demo, Run)>> {
    let budget = |_: &dyn Engine| Budget { time, ..Budget::default() };
    let launch = &Launch::default();
    let plain = out.page.plain;
    explorations::run(&Plan { versions, again: false, engines, budget: &budget, plain, launch })
}

/// Which racelab, and which machine.
fn about() -> Vec<String> {
    let machine = racelab_bench::run::machine();
    let cpu = machine.cpu.map(|name| format!("{name}, ")).unwrap_or_default();
    let (cpus, system) = (machine.cpus, machine.system);
    vec![
        format!(
            "Made by racelab {}. What the machine showed: {cpu}{cpus} CPUs, {system}.",
            env!("CARGO_PKG_VERSION")
        ),
        "What engines find is the same on every machine; what threads show is this machine's, and \
         no proof."
            .to_string(),
    ]
}
