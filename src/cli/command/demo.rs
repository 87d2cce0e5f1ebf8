//! `racelab demo`: the whole story of one failure mode, a section at a time.

use std::fs;
use std::io::{IsTerminal, Write, stderr, stdin};
use std::time::Duration;

use crate::render::curve;
use crate::render::json::{self, Found};
use crate::render::run::Run;
use crate::render::story;
use anyhow::Context;
use racelab::cost::{Cost, Curve};
use racelab::explore::native::curves::{self, CurveReport};
use racelab::explore::native::sharing;
use racelab::explore::{AMPLIFIED, Budget, Engine, Engines, NATIVE};
use racelab::trial::Launch;
use racelab_demos::course::{Demo, Role, Version};

use super::explorations::{self, Plan};
#[cfg(feature = "redis")]
use super::redis;
use super::{Ending, Out, next};
use crate::arguments;

/// Tells the story of each demo that was asked for.
pub fn run(
    arguments: &arguments::Demo,
    engines: &Engines,
    out: &mut Out,
) -> anyhow::Result<Ending> {
    #[cfg(feature = "redis")]
    if arguments.redis {
        return redis::run(out);
    }
    let chosen = |demo: &&Demo| arguments.all || Some(demo.name) == arguments.name.as_deref();
    let mut told: Vec<Found> = Vec::new();
    for demo in racelab_demos::every().filter(chosen) {
        if !out.json && !told.is_empty() {
            out.text("\n\n")?;
        }
        told.push(Teller { demo, arguments, engines, out }.tell()?);
    }
    if out.json {
        out.document(&json::runs("demo", &told))?;
    }
    Ok(Ending::of(told.iter().flat_map(|found| &found.runs).map(|run| &run.promise)))
}

/// Tells the story of one demo.
struct Teller<'a> {
    demo: &'static Demo,
    arguments: &'a arguments::Demo,
    engines: &'a Engines,
    out: &'a mut Out,
}

impl Teller<'_> {
    fn tell(mut self) -> anyhow::Result<Found> {
        let demo = self.demo;
        let page = self.out.page;
        let variant = self.arguments.variant.as_deref().and_then(|name| demo.version(name));
        let broken = demo.versions.iter().find(|version| version.role == Role::Broken);
        self.show(Some(story::title(demo, variant, &page)), false)?;
        let Some(version) = variant.or(broken) else { return self.promises() };
        let whole = version.role == Role::Broken;
        let versions: Vec<&'static Version> =
            if whole { demo.versions.iter().collect() } else { vec![version] };
        let checked = self.check(&versions)?;
        let mine: Vec<Run> = story::of(version, &checked).cloned().collect();
        self.show(Some(story::code(version, &mine, &page)), true)?;
        self.show(Some(story::bytes(demo, version, &page)), true)?;
        let mut found = self.measure(version)?;
        self.show(Some(story::checkers(demo, &mine, &page)), true)?;
        found.runs.extend(checked.iter().cloned());
        if whole {
            let detectors = story::detectors(&found.runs, &page);
            self.show(detectors.filter(|_| variant.is_none()), true)?;
            self.show(story::near_fixes(demo, &checked, &page), true)?;
            self.show(story::fix(demo, &checked, &page), true)?;
        }
        self.show(Some(last(demo, version)), false)?;
        Ok(found)
    }

    /// The story of a demo in which nothing is broken: what it promises.
    fn promises(mut self) -> anyhow::Result<Found> {
        let runs = self.check(&self.demo.versions.iter().collect::<Vec<_>>())?;
        self.show(Some(story::promises(self.demo, &runs, &self.out.page)), true)?;
        self.show(Some(last(self.demo, &self.demo.versions[0])), false)?;
        Ok(Found { demo: self.demo, runs, cost: None, curves: Vec::new() })
    }

    /// What the checkers say of these versions.
    fn check(&self, versions: &[&'static Version]) -> anyhow::Result<Vec<Run>> {
        self.explore(versions, &self.engines.by_default(), Budget::default().time)
    }

    /// What this machine shows: outcomes, or where the failure is time, what that costs.
    fn measure(&mut self, version: &'static Version) -> anyhow::Result<Found> {
        let page = self.out.page;
        let amplify = self.arguments.amplify;
        if let Some(cost) = self.demo.cost.filter(|_| !amplify) {
            // Nothing fails here: it takes time, and the versions are measured against each other.
            let settings = sharing::Settings { budget: self.arguments.time, ..Default::default() };
            let some = !cost.variants.is_empty();
            let report = some.then(|| sharing::measure(cost, &settings));
            self.show(Some(story::cost(report.as_ref(), &page)), cost.curves.is_empty())?;
            let curves = self.curves(cost)?;
            return Ok(Found { demo: self.demo, runs: Vec::new(), cost: report, curves });
        }
        let real = if amplify { AMPLIFIED } else { NATIVE };
        let runs = self.explore(&[version], &[real], self.arguments.time)?;
        self.show(story::hardware(&runs, &page), true)?;
        Ok(Found { demo: self.demo, runs, cost: None, curves: Vec::new() })
    }

    /// How the cost grows with one thing or another: at most this time for each point.
    fn curves(&mut self, cost: &Cost) -> anyhow::Result<Vec<CurveReport>> {
        // Threads that wait for a lock need windows longer than a wait.
        let window = Duration::from_micros(400);
        let budget = self.arguments.time;
        let settings = sharing::Settings { budget, window, ..Default::default() };
        let measure = |curve: &&Curve| curves::measure(curve, &settings);
        let reports: Vec<CurveReport> = cost.curves.iter().map(measure).collect();
        if let Some(file) = &self.arguments.svg {
            fs::write(file, curve::svg(&reports))
                .with_context(|| format!("cannot write {}", file.display()))?;
        }
        self.show(story::curves(&reports, &self.out.page), true)?;
        Ok(reports)
    }

    fn explore(
        &self,
        versions: &[&'static Version],
        engines: &[&'static dyn Engine],
        time: Duration,
    ) -> anyhow::Result<Vec<Run>> {
        let seed = self.arguments.seed;
        let budget = |_: &dyn Engine| Budget { seed, time, ..Budget::default() };
        let versions = versions.iter().map(|&version| (self.demo, version)).collect();
        let plain = self.out.page.plain;
        let launch = &Launch::default();
        let plan = Plan { versions, again: false, engines, budget: &budget, plain, launch };
        let runs = explorations::run(&plan)?;
        Ok(runs.into_iter().map(|(_, run)| run).collect())
    }

    /// Shows a section, if there is one and text is wanted; waits for Enter, if that is wanted.
    fn show(&mut self, text: Option<String>, wait: bool) -> anyhow::Result<()> {
        let Some(text) = text.filter(|_| !self.out.json) else { return Ok(()) };
        self.out.text(&text)?;
        self.out.flush()?;
        if wait && self.arguments.pace && stdin().is_terminal() {
            write!(stderr(), "\n-- Enter --")?;
            stdin().read_line(&mut String::new())?;
        }
        Ok(())
    }
}

/// What to type next.
fn last(demo: &Demo, version: &Version) -> String {
    let name = demo.name;
    let mut lines = vec![format!("racelab explain {name}")];
    if version.role != Role::Broken && demo.versions[0].role == Role::Broken {
        lines.push(format!("racelab demo {name}"));
    }
    lines.push(format!("racelab layout {name}/{}", version.name()));
    if explorations::no_schedule(&format!("{name}/{}", version.name())).is_none() {
        lines.push(format!("racelab explore {name} --variant {}", version.name()));
    }
    lines.push("racelab exercise start".to_string());
    let lines = next::existing(&lines);
    format!("\nNext: {}\n", lines.join("\n      "))
}
