//! Every demo's broken version on real threads: in how many runs it fails, and how soon.

use crate::summary;
use racelab::Scenario;
use racelab::demo::{Demo, Expect, Role, Version};
use racelab::demos;
use racelab::explore::native::driver::Settings;
use racelab::report::Kind;
use std::time::Duration;

pub(crate) fn measure(runs: u64, settings: &Settings) {
    let how = if settings.amplified { "yielding at random" } else { "as written" };
    println!("\nBroken versions, {how}: ms to the first failure, at most {:?}", settings.budget);
    for demo in demos::ALL {
        for version in demo.versions.iter().filter(|version| version.role == Role::Broken) {
            let name = format!("{}/{}", demo.name, version.name());
            match beyond_threads(demo, version) {
                Some(why) => println!("{name:<28} {why}"),
                None => hits(&name, version.scenario, runs, settings),
            }
        }
    }
}

/// Why real threads have nothing to show.
fn beyond_threads(demo: &Demo, version: &Version) -> Option<&'static str> {
    if version.scenario.checkers_only.is_some() {
        return Some("plain memory: for the checkers alone");
    }
    match version.verdicts.interleavings {
        Expect::Fails(Kind::Deadlock | Kind::Livelock) => Some("a hang: not run here"),
        Expect::Passes if demo.cost.is_some() => Some("time is its failure: see the costs"),
        _ => None,
    }
}

/// Runs a race until it fails, many times; then for 200 ms, to see how often it does.
fn hits(name: &str, scenario: &Scenario, runs: u64, settings: &Settings) {
    let run = if settings.amplified { scenario.amplified } else { scenario.native };
    let first_of = |seed| {
        let settings = Settings { seed, stop_at_failure: true, ..settings.clone() };
        run(&settings).first_failure.map(|first| first.as_secs_f64() * 1e3)
    };
    // What does not fail in the first runs is not waited for in all of them.
    let mut firsts: Vec<f64> = (0..runs.min(5)).filter_map(first_of).collect();
    let tried = if firsts.is_empty() { runs.min(5) } else { runs };
    firsts.extend((runs.min(5)..tried).filter_map(first_of));
    let steady = run(&Settings { budget: Duration::from_millis(200), ..settings.clone() });
    let rate = steady.iterations as f64 / steady.elapsed.as_secs_f64();
    let share = 100.0 * steady.failing as f64 / steady.iterations.max(1) as f64;
    println!(
        "{name:<28} {:>3} of {tried:<3} {:<32} {share:>8.4} % of {rate:.2e}/s",
        firsts.len(),
        summary(firsts),
    );
}
