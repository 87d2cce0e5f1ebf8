//! Whatever a scenario does, the parent survives and says what happened.
//!
//! This test has no harness: it is its own child process, so `serve` comes first in `main`.

use racelab::explore::{BOUNDED, Engine, Engines, LOOM, NATIVE, REDUCED};
use std::time::{Duration, Instant};

use racelab::Scenario;
use racelab::explore::Budget;
use racelab::explore::weaken::{Need, Objection};
use racelab::report::{End, Kind, Report, Stop, Verdict};
use racelab::trial::{self, Job, Launch, Weakening};

/// A scenario with two actors that share two locks and a word.
macro_rules! scenario {
    ($name:ident, $left:expr, $right:expr) => {
        racelab::scenario!(
            mod $name {
                #[allow(unused_imports)]
                use super::rt::{
                    hint,
                    sync::{
                        Mutex,
                        atomic::{AtomicU64, Ordering::Relaxed},
                    },
                    thread,
                };
                use racelab::{Outcome, Race, Saw, actor, outcomes};
                pub struct Memory {
                    a: Mutex<u64>,
                    b: Mutex<u64>,
                    word: AtomicU64,
                    ready: AtomicU64,
                }
                racelab::fields!(Memory {
                    a: left | right,
                    b: left | right,
                    word: left | right,
                    ready: left | right
                });
                outcomes! {
                    ENDED: Allowed, "both ended";
                    PANICKED: Interesting, "one panicked, and the other went on";
                }
                pub const RACE: Race<Memory> = Race::new(
                    || Memory {
                        a: Mutex::new(0),
                        b: Mutex::new(0),
                        word: AtomicU64::new(0),
                        ready: AtomicU64::new(0),
                    },
                    &[actor("left", left), actor("right", right)],
                    outcome,
                    OUTCOMES,
                )
                .panics();
                fn left(memory: &Memory, _: &mut Saw) {
                    let run: fn(&Memory) = $left;
                    run(memory);
                }
                fn right(memory: &Memory, _: &mut Saw) {
                    let run: fn(&Memory) = $right;
                    run(memory);
                }
                fn outcome(memory: &Memory, saws: &[Saw]) -> Outcome {
                    if memory.word.load(Relaxed) == u64::MAX {
                        panic!("the judge has no name for that");
                    }
                    if saws.iter().any(Saw::panicked) { PANICKED } else { ENDED }
                }
            }
        );
    };
}

#[path = "trial/attacks.rs"]
mod attacks;

scenario!(
    abba,
    |m| {
        let a = m.a.lock().unwrap();
        let b = m.b.lock().unwrap();
        drop((a, b));
    },
    |m| {
        let b = m.b.lock().unwrap();
        let a = m.a.lock().unwrap();
        drop((a, b));
    }
);
scenario!(spin, |m| while m.word.load(Relaxed) == 0 {}, |m| m.word.store(1, Relaxed));
scenario!(
    polite_spin,
    |m| while m.word.load(Relaxed) == 0 {
        thread::yield_now();
    },
    |m| m.word.store(1, Relaxed)
);
scenario!(
    many_threads,
    |m| {
        let threads: Vec<_> = (0..5).map(|n| thread::spawn(move || n)).collect();
        for thread in threads {
            m.word.fetch_add(thread.join().unwrap(), Relaxed);
        }
    },
    |m| assert_eq!(m.ready.load(Relaxed), 0)
);
scenario!(
    panic_with_guards,
    |m| {
        let _a = m.a.lock().unwrap_or_else(|poison| poison.into_inner());
        m.word.store(1, Relaxed);
        panic!("on purpose");
    },
    |m| {
        let _b = m.b.lock().unwrap();
        let a = m.a.lock();
        m.word.store(2 + a.is_err() as u64, Relaxed);
    }
);
scenario!(
    endless,
    |_| loop {
        std::hint::black_box(0);
    },
    |_| {}
);
#[allow(unconditional_recursion)]
fn deeper(depth: u64) -> u64 {
    let frame = std::hint::black_box([depth; 64]);
    deeper(depth + 1) + frame[3]
}
scenario!(overflow, |m| m.word.store(super::super::super::deeper(0), Relaxed), |_| {});
scenario!(
    allocates,
    |_| {
        let mut kept = Vec::new();
        loop {
            kept.push(std::hint::black_box(vec![1u8; 1 << 24]));
        }
    },
    |_| {}
);
scenario!(exits, |_| std::process::exit(0), |_| {});
scenario!(
    floods,
    |m| {
        for _ in 0..20_000 {
            println!("a flood of words on the standard output, line after line after line");
        }
        m.word.store(1, Relaxed);
    },
    |m| assert_eq!(m.ready.load(Relaxed), 0)
);

// Each of its two orderings keeps the process alive.
scenario!(
    fragile,
    |m| {
        m.word.store(1, Relaxed);
        m.ready.store(1, std::sync::atomic::Ordering::Release);
    },
    |m| {
        let ready = m.ready.load(std::sync::atomic::Ordering::Acquire) == 1;
        if ready && m.word.load(Relaxed) == 0 {
            std::process::abort();
        }
    }
);

fn find(name: &str) -> Option<&'static Scenario> {
    Some(match name {
        "abba" => &abba::SCENARIO,
        "spin" => &spin::SCENARIO,
        "polite_spin" => &polite_spin::SCENARIO,
        "many_threads" => &many_threads::SCENARIO,
        "panic_with_guards" => &panic_with_guards::SCENARIO,
        "endless" => &endless::SCENARIO,
        "overflow" => &overflow::SCENARIO,
        "allocates" => &allocates::SCENARIO,
        "exits" => &exits::SCENARIO,
        "floods" => &floods::SCENARIO,
        "fragile" => &fragile::SCENARIO,
        #[cfg(target_os = "linux")]
        other => return attacks::find(other),
        #[cfg(not(target_os = "linux"))]
        _ => return None,
    })
}

fn explore(name: &str, engine: &'static dyn Engine) -> Report {
    let budget = Budget { time: Duration::from_secs(20), ..Budget::default() };
    within(name, engine, &budget, Duration::from_secs(60))
}

fn within(name: &str, engine: &'static dyn Engine, budget: &Budget, grace: Duration) -> Report {
    let job = Job { scenario: name.to_string(), engine, budget: budget.clone() };
    let report = trial::run(&job, &Launch { grace, ..Launch::default() }, &|_| {});
    let report = report.unwrap_or_else(|error| panic!("{name} under {engine:?}: {error:#}"));
    println!("{name:<18} {:<12?} {}", engine, racelab::words::verdict::line(&report));
    report
}

#[track_caller]
fn fails(report: &Report, kind: Kind, words: &str) {
    let failure = report.failure.as_ref().unwrap_or_else(|| panic!("{report:?}"));
    assert_eq!(failure.kind, kind, "{failure:?}");
    assert!(failure.why.to_string().contains(words), "{}", failure.why);
}

fn main() {
    trial::serve(&Engines::standard(), find);
    let checkers = [REDUCED, BOUNDED, LOOM];

    for engine in checkers {
        let report = explore("abba", engine);
        fails(&report, Kind::Deadlock, "left waits for b, which right holds");
        fails(&report, Kind::Deadlock, "right waits for a, which left holds");
        let steps = report.failure.unwrap().steps;
        assert!(!steps.is_empty() && steps.iter().all(|step| step.op != "unlock"), "{steps:?}");
    }
    let report = explore("abba", REDUCED);
    assert_eq!((report.failing, report.distinct), (1, Some(3)));

    // A loop that never lets the others go first is too long to be followed, and never passes.
    for engine in checkers {
        let report = explore("spin", engine);
        assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
        assert!(matches!(report.end, End::Truncated(_)), "{report:?}");
        assert_eq!(explore("polite_spin", engine).verdict(), Verdict::Passed);
    }

    assert_eq!(explore("many_threads", REDUCED).verdict(), Verdict::Passed);
    let report = explore("many_threads", LOOM);
    assert_eq!(report.verdict(), Verdict::Inconclusive);
    assert!(matches!(&report.end, End::Cut(Stop::Threads(Some(5)))), "{report:?}");

    for engine in checkers {
        let report = explore("panic_with_guards", engine);
        assert_eq!(report.verdict(), Verdict::Passed, "{report:?}");
        assert!(report.outcomes.iter().any(|row| row.id == "PANICKED" && row.count > 0));
    }

    // Real threads may or may not meet: both are verdicts, and neither hangs this test.
    let half = Budget { time: Duration::from_millis(500), ..Budget::default() };
    let report = within("abba", NATIVE, &half, Duration::from_secs(3));
    assert!(matches!(report.verdict(), Verdict::Hung | Verdict::NotFound), "{report:?}");

    let short = Budget { time: Duration::from_millis(300), ..Budget::default() };
    for engine in [REDUCED, LOOM] {
        let started = Instant::now();
        let report = within("endless", engine, &short, Duration::from_secs(1));
        assert_eq!(report.verdict(), Verdict::Hung);
        fails(&report, Kind::Hang, "did not end within 1.");
        fails(&report, Kind::Hang, "waits for what the checkers do not see");
        assert!(started.elapsed() < Duration::from_secs(30));
        let report = explore("overflow", engine);
        assert_eq!(report.verdict(), Verdict::Crashed);
        fails(&report, Kind::Crash, if cfg!(unix) { "stack" } else { "" });
        if cfg!(target_os = "linux") {
            fails(&explore("allocates", engine), Kind::OutOfMemory, "memory");
        }
        fails(&explore("exits", engine), Kind::Crash, "ended the process");
        assert_eq!(explore("floods", engine).verdict(), Verdict::Passed);
    }
    // A weaker version that kills its child is one row; the others are tried all the same.
    let job = Weakening {
        races: vec![("fragile".to_string(), vec![REDUCED, LOOM])],
        budget: Budget::default(),
    };
    let table = trial::run_weakening(&job, &Launch::default(), Duration::from_secs(60), &|_| {});
    let table = table.expect("a table");
    assert_eq!((table.refused, table.together.len()), (None, 0));
    let died = |why: &Objection| matches!(why, Objection::Dies(_, by) if by.name == "loom");
    for row in &table.rows {
        assert_eq!(row.verdict, Need::Needed, "{row:?}");
        assert!(row.objection.as_ref().is_some_and(died), "{row:?}");
    }
    assert_eq!(table.rows.len(), 2);
    #[cfg(target_os = "linux")]
    attacks::all();
    println!("test result: ok. 1 passed; 0 failed; 0 ignored");
}
