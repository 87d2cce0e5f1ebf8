//! The code under trial cannot write its own verdict: not by a search for the report, not by writing
//! to whatever is open, not by an early end, and not by asking for another scenario.
//!
//! This test has no harness: it is its own child process, so `serve` comes first in `main`.

use std::io::Write;
use std::time::Duration;

use racelab::Scenario;
use racelab::explore::{Budget, Engine, Engines, GRAPHS, LOOM, REDUCED};
use racelab::report::{End, Report, Verdict};
use racelab::trial::{self, Job, Launch};

/// Two actors that lose an update, after the first of them has done this.
macro_rules! scenario {
    ($name:ident, $first:expr, $add:ident) => {
        racelab::scenario!(
            mod $name {
                use super::rt::sync::atomic::{AtomicU64, Ordering::SeqCst};
                use racelab::{Outcome, Race, Saw, actor, outcomes};
                pub struct Memory {
                    word: AtomicU64,
                }
                racelab::fields!(Memory { word: left | right });
                impl Memory {
                    #[allow(dead_code)]
                    fn lossy(&self) {
                        let word = self.word.load(SeqCst);
                        self.word.store(word + 1, SeqCst);
                    }
                    #[allow(dead_code)]
                    fn whole(&self) {
                        self.word.fetch_add(1, SeqCst);
                    }
                }
                outcomes! {
                    BOTH: Allowed, "both were counted";
                    LOST: Forbidden, "one was lost";
                }
                pub const RACE: Race<Memory> = Race::new(
                    || {
                        let first: fn() = $first;
                        first();
                        Memory { word: AtomicU64::new(0) }
                    },
                    &[actor("left", add), actor("right", add)],
                    outcome,
                    OUTCOMES,
                );
                fn add(memory: &Memory, _: &mut Saw) {
                    memory.$add();
                }
                fn outcome(memory: &Memory, _: &[Saw]) -> Outcome {
                    if memory.word.load(SeqCst) == 2 { BOTH } else { LOST }
                }
            }
        );
    };
}

scenario!(right, || (), whole);
scenario!(wrong, || (), lossy);
scenario!(
    finds_the_report,
    || {
        super::super::super::write_everywhere();
        std::process::exit(0)
    },
    lossy
);
scenario!(writes_while_it_runs, || super::super::super::write_everywhere(), lossy);
scenario!(
    writes_to_what_is_open,
    || {
        super::super::super::write_to_all();
        std::process::exit(0)
    },
    lossy
);
scenario!(serves_another, || super::super::super::serve_another(), lossy);
scenario!(
    is_told_where,
    || {
        let said = std::env::vars().flat_map(|(key, value)| [key, value]);
        let said = said.chain(std::env::args());
        if said.into_iter().any(|said| said.contains("racelab-job") || said.contains("{")) {
            panic!("it is told where its report goes");
        }
    },
    whole
);

fn find(name: &str) -> Option<&'static Scenario> {
    Some(match name {
        "right" => &right::SCENARIO,
        "wrong" => &wrong::SCENARIO,
        "finds the report" => &finds_the_report::SCENARIO,
        "writes while it runs" => &writes_while_it_runs::SCENARIO,
        "writes to what is open" => &writes_to_what_is_open::SCENARIO,
        "serves another" => &serves_another::SCENARIO,
        "is told where" => &is_told_where::SCENARIO,
        _ => return None,
    })
}

/// A report that all is well, as a child would write it.
fn forged() -> String {
    let report = Report { executions: 3, ..Report::new(REDUCED.facts(), End::Complete) };
    assert_eq!(report.verdict(), Verdict::Passed);
    serde_json::to_string(&report).expect("JSON")
}

/// Writes that all is well wherever a report might go.
fn write_everywhere() {
    let text = forged();
    let folders = std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
    for folder in folders.filter(|at| at.file_name().to_string_lossy().starts_with("racelab-job")) {
        for (file, text) in [
            ("job.report", text.clone()),
            ("job.part", text.clone()),
            // As it is sealed, by somebody who guesses.
            ("job.report", format!("0000000000000000\n{text}")),
        ] {
            let _ = std::fs::write(folder.path().join(file), text);
        }
    }
}

/// Writes that all is well to whatever is open and may lead to the parent. What the test itself was
/// started with is not among it.
fn write_to_all() {
    #[cfg(unix)]
    for number in 0..256 {
        use std::os::fd::FromRawFd;
        let leads_to = std::fs::read_link(format!("/proc/self/fd/{number}")).unwrap_or_default();
        if number > 2 && !leads_to.to_string_lossy().contains("racelab") {
            continue;
        }
        // Safety: it is never closed by this, for it is forgotten; a number that is not open is
        // refused at each use.
        let mut file = unsafe { std::fs::File::from_raw_fd(number) };
        let _ = file.write_all(format!("\n{}\n", forged()).as_bytes());
        std::mem::forget(file);
    }
    let _ = std::io::stdout().write_all(forged().as_bytes());
}

fn serve_another() {
    trial::serve(&Engines::standard(), |_| Some(&right::SCENARIO));
}

fn explore(name: &str, engine: &'static dyn Engine) -> Report {
    let budget = Budget { time: Duration::from_secs(20), ..Budget::default() };
    let job = Job { scenario: name.to_string(), engine, budget };
    let report = trial::run(&job, &Launch::default(), &|_| {});
    let report = report.unwrap_or_else(|error| panic!("{name} under {engine:?}: {error:#}"));
    println!("{name:<22} {:<8?} {}", engine, racelab::words::verdict::line(&report));
    report
}

fn main() {
    trial::serve(&Engines::standard(), find);
    // What is forged is written into every folder of a job there is: none of anybody else's.
    let own = tempfile::Builder::new().prefix("forged-").tempdir().expect("a folder");
    for key in ["TMPDIR", "TMP", "TEMP"] {
        // Safety: nobody else runs in this process yet.
        unsafe { std::env::set_var(key, own.path()) };
    }
    assert_eq!(std::env::temp_dir(), own.path());
    for engine in [REDUCED, GRAPHS, LOOM] {
        for name in ["right", "is told where"] {
            assert_eq!(explore(name, engine).verdict(), Verdict::Passed, "{name}");
        }
        for name in ["wrong", "writes while it runs", "serves another"] {
            assert_eq!(explore(name, engine).verdict(), Verdict::Caught, "{name}");
        }
        for name in ["finds the report", "writes to what is open"] {
            assert_eq!(explore(name, engine).verdict(), Verdict::Crashed, "{name}");
        }
    }
    let forged = trial::run_conduct("finds the report", &Launch::default(), Duration::from_secs(9));
    assert!(forged.expect("a child").is_err(), "an early end says nothing of the conduct");
    let alone = trial::run_alone("finds the report", &Launch::default(), Duration::from_secs(9));
    let alone = alone.expect("a child");
    assert!(alone.died.is_some() || alone.ran.is_empty(), "{alone:?}");
    println!("test result: ok. 1 passed; 0 failed; 0 ignored");
}
