//! Two races, each as written and with its operations yielding at random.

use crate::summary;
use racelab::Race;
use racelab::demos::torn_header::broken as torn_header;
use racelab::explore::native::driver::{self, Settings};
use std::time::Duration;

racelab::scenario!(mod migration_window = "migration_window.rs");

pub(crate) fn measure(runs: u64, settings: &Settings) {
    if settings.amplified {
        hits("torn-header, amplified", &torn_header::amplified::race::RACE, runs, settings);
        let race = &migration_window::amplified::source::RACE;
        hits("migration-window, amplified", race, runs, settings);
    } else {
        hits("torn-header", &torn_header::native::race::RACE, runs, settings);
        hits("migration-window", &migration_window::native::source::RACE, runs, settings);
    }
}

/// Runs a race until it fails, many times; then for 200 ms, to see how often it does.
fn hits<M: Send + Sync>(name: &str, race: &Race<M>, runs: u64, settings: &Settings) {
    let first_of = |seed| {
        let settings = Settings { seed, stop_at_failure: true, ..settings.clone() };
        let first = driver::run(race, &settings).first_failure;
        first.map(|first| first.as_secs_f64() * 1e3)
    };
    let firsts: Vec<f64> = (0..runs).filter_map(first_of).collect();
    let settings = Settings { budget: Duration::from_millis(200), ..settings.clone() };
    let steady = driver::run(race, &settings);
    println!("\n{name}: failed in {} of {runs} runs", firsts.len());
    if (firsts.len() as u64) < runs {
        steady.notes.iter().for_each(|note| println!("  ({note})"));
    }
    println!("  first failure, ms: {}", summary(firsts));
    let rate = steady.iterations as f64 / steady.elapsed.as_secs_f64();
    println!("  {rate:.2e} iterations/s, outcomes {:?}", steady.counts);
}
