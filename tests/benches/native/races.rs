//! The versions that fail, on real threads: in how many runs they do, and how soon.

use crate::summary::at;
use racelab::Scenario;
use racelab::explore::native::run::{self, Settings};
use racelab::report::Kind;
use racelab_demos::course::{Demo, Expect, Role, Version};
use std::time::Duration;

/// A version that does not fail in so many runs is not waited for in all of them.
const FIRST: u64 = 5;

/// A table of the versions in this role, as written and yielding at random, on these CPUs.
pub(crate) fn measure(role: Role, runs: u64, written: u64, cpus: &[usize]) {
    let budget = Duration::from_millis(500);
    let plain = Settings { budget, cpus: cpus.to_vec(), ..Settings::default() };
    let amplified = Settings { amplified: true, ..plain.clone() };
    println!("\nOn CPUs {cpus:?}: ms to the first failure, at most {budget:?}\n");
    println!(
        "| version | as written: failed | median | 99th percentile | most \
         | yielding at random: failed | median | 99th percentile | most |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for demo in racelab_demos::ALL {
        for version in demo.versions.iter().filter(|version| version.role == role) {
            // Without an interleaving that fails there is nothing that a yield could bring about.
            let reordering = version.verdicts.sc == Expect::Passes;
            let by = if reordering && demo.cost.is_none() { ", by reordering" } else { "" };
            let name = format!("{} {}{by}", demo.name, version.name());
            match beyond_threads(demo, version) {
                Some(why) => println!("| {name} | {why} | | | | | | | |"),
                None => {
                    let written = hits(version.scenario, written, &plain);
                    println!(
                        "| {name} | {written} | {} |",
                        hits(version.scenario, runs, &amplified)
                    );
                }
            }
        }
    }
}

/// Why real threads have nothing to show.
fn beyond_threads(demo: &Demo, version: &Version) -> Option<&'static str> {
    if version.scenario.terms().checkers_only.is_some() {
        return Some("plain memory: for the checkers alone");
    }
    match version.verdicts.sc {
        Expect::Fails(Kind::Deadlock | Kind::Livelock) => Some("a hang: not run here"),
        Expect::Passes if demo.cost.is_some() => Some("time is its failure: see the costs"),
        _ => None,
    }
}

/// Runs a race until it fails, many times: four cells of the table.
fn hits(scenario: &Scenario, runs: u64, settings: &Settings) -> String {
    let copy = scenario.on_threads(settings.amplified);
    let first_of = |seed| {
        let settings = Settings { seed, stop_at_failure: true, ..settings.clone() };
        run::run(copy, &settings).first_failure.map(|first| first.as_secs_f64() * 1e3)
    };
    let mut firsts: Vec<f64> = (0..runs.min(FIRST)).filter_map(first_of).collect();
    let tried = if firsts.is_empty() { runs.min(FIRST) } else { runs };
    firsts.extend((runs.min(FIRST)..tried).filter_map(first_of));
    let failed = format!("{} of {tried}", firsts.len());
    firsts.sort_by(f64::total_cmp);
    // A percentile of few runs says no more than the most of them.
    let percentile = if firsts.len() < 50 { String::new() } else { at(&firsts, 0.99) };
    format!("{failed} | {} | {percentile} | {}", at(&firsts, 0.5), at(&firsts, 1.0))
}
