//! The reduced search beside shuttle's own depth-first search and loom, in one run.
//!
//! `cargo bench --bench search` prints executions, classes and times; `-- 3x3 4x2` runs these
//! alone, the large ones under the reduced search alone: the others would not end. The raw models
//! are written by hand against shuttle and loom.

use std::sync::Arc;
use std::time::{Duration, Instant};

use racelab::explore::{Budget, REDUCED};

macro_rules! counters {
    ($($name:ident: $rounds:literal, $($actor:literal)+;)+) => {$(
        racelab::scenario!(mod $name {
            use super::rt::sync::atomic::{AtomicU64, Ordering::{Acquire, Release}};
            use racelab::{Outcome, Race, Saw, actor, outcomes};
            pub struct Memory { word: AtomicU64 }
            racelab::fields!(Memory { word: nobody });
            outcomes! { ENDED: Allowed, "every thread ended"; }
            fn count(memory: &Memory, _: &mut Saw) {
                for _ in 0..$rounds {
                    let value = memory.word.load(Acquire);
                    memory.word.store(value + 1, Release);
                }
            }
            fn outcome(_: &Memory, _: &[Saw]) -> Outcome { ENDED }
            pub const RACE: Race<Memory> = Race::new(
                || Memory { word: AtomicU64::new(0) },
                &[$(actor($actor, |memory, saw| count(memory, saw))),+],
                outcome,
                OUTCOMES,
            );
        });
    )+};
}
counters! {
    two_by_one: 1, "a" "b";
    two_by_two: 2, "a" "b";
    two_by_three: 3, "a" "b";
    three_by_one: 1, "a" "b" "c";
    three_by_two: 2, "a" "b" "c";
    four_by_one: 1, "a" "b" "c" "d";
    three_by_three: 3, "a" "b" "c";
    four_by_two: 2, "a" "b" "c" "d";
}

fn raw_shuttle(threads: usize, rounds: usize) {
    use shuttle::sync::atomic::{
        AtomicU64,
        Ordering::{Acquire, Release},
    };
    let word = Arc::new(AtomicU64::new(0));
    let handles: Vec<_> = (0..threads)
        .map(|_| {
            let word = word.clone();
            shuttle::thread::spawn(move || {
                for _ in 0..rounds {
                    let value = word.load(Acquire);
                    word.store(value + 1, Release);
                }
            })
        })
        .collect();
    for handle in handles {
        handle.join().unwrap();
    }
}

fn raw_loom(threads: usize, rounds: usize) {
    use loom::sync::atomic::{
        AtomicU64,
        Ordering::{Acquire, Release},
    };
    let word = Arc::new(AtomicU64::new(0));
    let handles: Vec<_> = (0..threads)
        .map(|_| {
            let word = word.clone();
            loom::thread::spawn(move || {
                for _ in 0..rounds {
                    let value = word.load(Acquire);
                    word.store(value + 1, Release);
                }
            })
        })
        .collect();
    for handle in handles {
        handle.join().unwrap();
    }
}

const CAP: Duration = Duration::from_secs(4);

fn dfs(threads: usize, rounds: usize) -> (usize, Duration) {
    let mut config = shuttle::Config::new();
    config.silence_warnings = true;
    config.max_time = Some(CAP);
    let start = Instant::now();
    let scheduler = shuttle::scheduler::DfsScheduler::new(None, false);
    let executions =
        shuttle::Runner::new(scheduler, config).run(move || raw_shuttle(threads, rounds));
    (executions, start.elapsed())
}

fn loom_alone(threads: usize, rounds: usize) -> (usize, Duration) {
    let count = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = count.clone();
    let mut builder = loom::model::Builder::new();
    builder.max_branches = 10_000;
    builder.max_duration = Some(CAP);
    builder.checkpoint_interval = 1;
    let start = Instant::now();
    builder.check(move || {
        counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        raw_loom(threads, rounds);
    });
    (count.load(std::sync::atomic::Ordering::Relaxed), start.elapsed())
}

fn show(executions: usize, time: Duration) -> String {
    let cut = if time >= CAP { "+" } else { "" };
    format!("{executions}{cut} in {:.1} ms", time.as_secs_f64() * 1e3)
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    println!(
        "{:<22} {:>34} {:>26} {:>26}",
        "threads x (load; store)", "reduced", "shuttle's DFS", "loom"
    );
    let all = [
        ("2x1", &two_by_one::SCENARIO, 2, 1),
        ("2x2", &two_by_two::SCENARIO, 2, 2),
        ("2x3", &two_by_three::SCENARIO, 2, 3),
        ("3x1", &three_by_one::SCENARIO, 3, 1),
        ("3x2", &three_by_two::SCENARIO, 3, 2),
        ("4x1", &four_by_one::SCENARIO, 4, 1),
        ("3x3", &three_by_three::SCENARIO, 3, 3),
        ("4x2", &four_by_two::SCENARIO, 4, 2),
    ];
    for (name, scenario, threads, rounds) in all {
        let large = threads * rounds >= 8;
        let named = wanted.iter().any(|w| w == name);
        if !named && (large || !wanted.is_empty()) {
            continue;
        }
        let budget = Budget { time: Duration::from_secs(120), ..Budget::default() };
        let report = REDUCED.explore(scenario, &budget, false);
        let ours = format!(
            "{} ({:?}, {} classes) in {:.1} ms",
            report.executions,
            report.end,
            report.distinct.unwrap_or(0),
            report.seconds * 1e3
        );
        if large {
            println!("{name:<22} {ours}");
            continue;
        }
        let (a, at) = dfs(threads, rounds);
        let (b, bt) = loom_alone(threads, rounds);
        println!("{name:<22} {ours:>34} {:>26} {:>26}", show(a, at), show(b, bt));
    }
}
