//! What the facade costs while exploring: the same scenario by hand against loom and shuttle,
//! beside it through the facade, in one run, as executions per second.
//!
//! `cargo bench --bench facade`. The runs alternate; the ratios are pair by pair.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64 as Count, Ordering::Relaxed as Plain};
use std::time::{Duration, Instant};

use racelab::explore::{Budget, LOOM, RANDOM};

racelab::scenario!(
    mod publish {
        use super::rt::sync::atomic::{
            AtomicU64,
            Ordering::{Acquire, Relaxed, Release},
        };
        use racelab::{Outcome, Race, Saw, actor, outcomes};
        pub struct Memory {
            key: AtomicU64,
            value: AtomicU64,
            tag: AtomicU64,
        }
        racelab::fields!(Memory { key: writer -> reader, value: writer -> reader, tag: writer -> reader });
        outcomes! { ABSENT: Allowed, "not there"; FOUND: Allowed, "there"; TORN: Forbidden, "half"; }
        fn write(m: &Memory, _: &mut Saw) {
            for round in 1..=2 {
                m.key.store(round, Relaxed);
                m.value.store(round * 10, Relaxed);
                m.tag.store(round, Release);
            }
        }
        fn read(m: &Memory, saw: &mut Saw) {
            for _ in 0..2 {
                let tag = m.tag.load(Acquire);
                saw.note((tag > 0 && m.key.load(Relaxed) < tag) as u64);
                saw.note((tag > 0 && m.value.load(Relaxed) < tag * 10) as u64);
            }
        }
        fn outcome(_: &Memory, saws: &[Saw]) -> Outcome {
            if saws[1].values().contains(&1) { TORN } else { FOUND }
        }
        pub const RACE: Race<Memory> = Race::new(
            || Memory { key: AtomicU64::new(0), value: AtomicU64::new(0), tag: AtomicU64::new(0) },
            &[actor("writer", write), actor("reader", read)],
            outcome,
            OUTCOMES,
        );
    }
);

/// The same, by hand: two threads, and what they see in plain counters.
macro_rules! by_hand {
    ($atomic:ident, $thread:ident, $main:expr) => {{
        use $atomic::sync::atomic::{
            AtomicU64,
            Ordering::{Acquire, Relaxed, Release},
        };
        struct Memory {
            key: AtomicU64,
            value: AtomicU64,
            tag: AtomicU64,
        }
        let memory = Arc::new(Memory {
            key: AtomicU64::new(0),
            value: AtomicU64::new(0),
            tag: AtomicU64::new(0),
        });
        let shared = memory.clone();
        let writer = $thread::thread::spawn(move || {
            for round in 1..=2 {
                shared.key.store(round, Relaxed);
                shared.value.store(round * 10, Relaxed);
                shared.tag.store(round, Release);
            }
        });
        let read = move || {
            let mut torn = false;
            for _ in 0..2 {
                let tag = memory.tag.load(Acquire);
                torn |= tag > 0 && memory.key.load(Relaxed) < tag;
                torn |= tag > 0 && memory.value.load(Relaxed) < tag * 10;
            }
            assert!(!torn);
        };
        $main(Box::new(read));
        writer.join().unwrap();
    }};
}

fn per_second(executions: u64, time: Duration) -> f64 {
    executions as f64 / time.as_secs_f64()
}

fn raw_loom() -> f64 {
    let count = Arc::new(Count::new(0));
    let counted = count.clone();
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound = Some(2);
    builder.max_branches = 10_000;
    builder.location = true;
    let start = Instant::now();
    builder.check(move || {
        counted.fetch_add(1, Plain);
        by_hand!(loom, loom, |read: Box<dyn FnOnce()>| read());
    });
    per_second(count.load(Plain), start.elapsed())
}

fn facade_loom() -> f64 {
    let budget =
        Budget { preemptions: Some(2), time: Duration::from_secs(60), ..Budget::default() };
    let report = LOOM.explore(&publish::SCENARIO, &budget, false);
    assert!(report.failure.is_none());
    per_second(report.executions, Duration::from_secs_f64(report.seconds))
}

const SCHEDULES: u64 = 30_000;

fn raw_shuttle() -> f64 {
    let mut config = shuttle::Config::new();
    config.silence_warnings = true;
    let scheduler = shuttle::scheduler::RandomScheduler::new_from_seed(1, SCHEDULES as usize);
    let start = Instant::now();
    shuttle::Runner::new(scheduler, config).run(|| {
        by_hand!(shuttle, shuttle, |read: Box<dyn FnOnce() + Send>| {
            shuttle::thread::spawn(read).join().unwrap();
        });
    });
    per_second(SCHEDULES, start.elapsed())
}

fn facade_shuttle() -> f64 {
    let budget =
        Budget { executions: SCHEDULES, time: Duration::from_secs(60), ..Budget::default() };
    let report = RANDOM.explore(&publish::SCENARIO, &budget, false);
    per_second(report.executions, Duration::from_secs_f64(report.seconds))
}

fn compare(name: &str, raw: fn() -> f64, facade: fn() -> f64) {
    let (_, _) = (raw(), facade());
    let mut pairs: Vec<(f64, f64)> = (0..7).map(|_| (raw(), facade())).collect();
    pairs.sort_by(|a, b| (a.1 / a.0).total_cmp(&(b.1 / b.0)));
    let ratio = |pair: (f64, f64)| pair.1 / pair.0;
    let middle = pairs[pairs.len() / 2];
    println!(
        "{name:<8} by hand {:>9.0}/s, facade {:>9.0}/s, ratio {:.2} (min {:.2}, max {:.2})",
        middle.0,
        middle.1,
        ratio(middle),
        ratio(pairs[0]),
        ratio(pairs[pairs.len() - 1])
    );
}

fn main() {
    compare("loom", raw_loom, facade_loom);
    compare("shuttle", raw_shuttle, facade_shuttle);
}
