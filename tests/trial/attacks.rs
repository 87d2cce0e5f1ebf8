//! Code that attacks whoever runs it: it ends in time, it is told as what it is, and nothing is left.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use racelab::Scenario;
use racelab::explore::{Budget, Engine, GRAPHS, LOOM, NATIVE, REDUCED};
use racelab::report::{End, Kind, Report, Stop, Verdict};
use racelab::trial::{self, Job, Launch, Unable};

/// Where the processes of this test note their numbers.
const NOTES: &str = "RACELAB_TEST_NOTES";

/// Notes the number of this process, which must be gone in the end.
fn note() {
    let folder = std::env::var_os(NOTES).expect("the test sets it");
    let me = std::process::id().to_string();
    fs::write(Path::new(&folder).join(me), "").expect("a note");
}

/// A child of this process that does this and then sleeps. What it may do is little: others run.
fn forked(work: fn()) {
    // Safety: the new process has one thread, and ends here.
    unsafe {
        if libc::fork() == 0 {
            work();
            note();
            libc::sleep(100);
            libc::_exit(0);
        }
    }
}

fn signal(process: i32, signal: i32) {
    // Safety: a call without a pointer.
    unsafe { libc::kill(process, signal) };
}

fn parent() -> i32 {
    // Safety: as above.
    unsafe { libc::getppid() }
}

fn own_session() {
    // Safety: as above.
    unsafe { libc::setsid() };
}

/// Away from its parent, its group and its session, with all streams open.
fn leaves_a_daemon() -> u64 {
    forked(|| {
        own_session();
        forked(own_session);
    });
    0
}

/// Forks that fork again when their parent is killed, in groups of their own.
fn leaves_many() -> u64 {
    for _ in 0..100 {
        forked(|| {
            own_session();
            forked(|| {});
        });
    }
    0
}

fn runs_something_else() -> u64 {
    let mut command = std::process::Command::new("sh");
    let folder = std::env::var("RACELAB_TEST_NOTES").expect("the test sets it");
    let line = format!("touch {folder}/$$; exec sleep 100");
    command
        .args(["-c", &format!("setsid sh -c '{line}' & ")])
        .env_clear()
        .env("PATH", "/bin:/usr/bin");
    command.status().expect("a shell");
    0
}

fn kills_itself() -> u64 {
    signal(std::process::id() as i32, libc::SIGKILL);
    0
}

fn signals_its_parent(number: i32) -> u64 {
    note();
    signal(parent(), number);
    0
}

fn closes_everything() -> u64 {
    for file in 0..256 {
        // Safety: a call without a pointer; what is closed is this process's own.
        unsafe { libc::close(file) };
    }
    0
}

scenario!(daemon, |m| m.word.store(crate::attacks::leaves_a_daemon(), Relaxed), |m| assert_eq!(
    m.ready.load(Relaxed),
    0
));
scenario!(many, |m| m.word.store(crate::attacks::leaves_many(), Relaxed), |m| assert_eq!(
    m.ready.load(Relaxed),
    0
));
scenario!(other, |m| m.word.store(crate::attacks::runs_something_else(), Relaxed), |m| assert_eq!(
    m.ready.load(Relaxed),
    0
));
scenario!(suicide, |m| m.word.store(crate::attacks::kills_itself(), Relaxed), |m| assert_eq!(
    m.ready.load(Relaxed),
    0
));
scenario!(
    kills,
    |m| m.word.store(crate::attacks::signals_its_parent(libc::SIGKILL), Relaxed),
    |m| assert_eq!(m.ready.load(Relaxed), 0)
);
scenario!(
    stops,
    |m| m.word.store(crate::attacks::signals_its_parent(libc::SIGSTOP), Relaxed),
    |m| assert_eq!(m.ready.load(Relaxed), 0)
);
scenario!(
    asks,
    |m| m.word.store(crate::attacks::signals_its_parent(libc::SIGTERM), Relaxed),
    |m| assert_eq!(m.ready.load(Relaxed), 0)
);
scenario!(halts, |m| m.word.store(crate::attacks::halts_itself(), Relaxed), |m| assert_eq!(
    m.ready.load(Relaxed),
    0
));
scenario!(closes, |m| m.word.store(crate::attacks::closes_everything(), Relaxed), |m| assert_eq!(
    m.ready.load(Relaxed),
    0
));
// Right, and too big for a second.
scenario!(
    long,
    |m| for n in 0..900 {
        m.word.store(n, Relaxed);
    },
    |m| for _ in 0..900 {
        m.word.load(Relaxed);
    }
);
scenario!(judge, |m| m.word.store(u64::MAX, Relaxed), |m| assert_eq!(m.ready.load(Relaxed), 0));

fn halts_itself() -> u64 {
    signal(0, libc::SIGSTOP);
    0
}

pub(crate) fn find(name: &str) -> Option<&'static Scenario> {
    Some(match name {
        "daemon" => &daemon::SCENARIO,
        "many" => &many::SCENARIO,
        "other" => &other::SCENARIO,
        "suicide" => &suicide::SCENARIO,
        "kills" => &kills::SCENARIO,
        "stops" => &stops::SCENARIO,
        "asks" => &asks::SCENARIO,
        "halts" => &halts::SCENARIO,
        "closes" => &closes::SCENARIO,
        "long" => &long::SCENARIO,
        "judge" => &judge::SCENARIO,
        _ => return None,
    })
}

/// Where the notes are.
fn notes() -> PathBuf {
    std::env::temp_dir().join(format!("racelab-test-{}", std::process::id()))
}

/// Nobody is left who noted its number.
#[track_caller]
fn nobody_is_left(name: &str) {
    let mut noted = 0;
    for entry in fs::read_dir(notes()).expect("notes").flatten() {
        let process = entry.file_name();
        let runs = Path::new("/proc").join(&process).join("exe").exists();
        assert!(!runs, "{name}: {process:?} still runs");
        fs::remove_file(entry.path()).expect("a note");
        noted += 1;
    }
    println!("{name:<18} {noted} processes, none is left");
}

fn run(name: &str, grace: Duration) -> anyhow::Result<Report> {
    let budget = Budget { time: Duration::from_millis(400), ..Budget::default() };
    let began = Instant::now();
    let job = Job { scenario: name.to_string(), engine: LOOM, budget };
    let report = trial::run(&job, &Launch { grace, ..Launch::default() }, &|_| {});
    assert!(began.elapsed() < Duration::from_secs(30), "{name}: {:?}", began.elapsed());
    if let Ok(report) = &report {
        println!("{name:<18} {}", racelab::words::verdict::line(report));
    }
    report
}

/// The report of the program that is too big to be decided.
#[track_caller]
fn long(engine: &'static dyn Engine, budget: Budget, grace: Duration) -> Report {
    let job = Job { scenario: "long".to_string(), engine, budget };
    let launch = Launch { grace, ..Launch::default() };
    let report = trial::run(&job, &launch, &|_| {}).expect("a report");
    println!("{:<18} {}", "long", racelab::words::verdict::line(&report));
    assert_eq!(report.verdict(), Verdict::Inconclusive, "{report:?}");
    report
}

#[track_caller]
fn kept_from_its_work(found: anyhow::Result<Report>) -> String {
    match found {
        Err(error) if error.downcast_ref::<Unable>().is_some() => error.to_string(),
        other => panic!("{other:?}"),
    }
}

pub(crate) fn all() {
    fs::create_dir_all(notes()).expect("a folder");
    // Safety: no other thread of this process reads it meanwhile.
    unsafe { std::env::set_var(NOTES, notes()) };
    let patient = Duration::from_secs(10);
    for name in ["daemon", "many", "other"] {
        run(name, patient).unwrap_or_else(|error| panic!("{name}: {error:#}"));
        nobody_is_left(name);
    }
    let said = kept_from_its_work(run("suicide", patient));
    assert!(said.contains("ended from outside (signal: 9"), "{said}");
    kept_from_its_work(run("kills", patient));
    nobody_is_left("kills");
    for name in ["stops", "asks", "closes"] {
        let report = run(name, patient).unwrap_or_else(|error| panic!("{name}: {error:#}"));
        assert_eq!(report.verdict(), Verdict::Passed, "{name}: {report:?}");
        nobody_is_left(name);
    }
    let report = run("halts", Duration::from_secs(1)).expect("a report");
    assert_eq!(report.verdict(), Verdict::Hung, "{report:?}");
    nobody_is_left("halts");

    // A right program that is too big: undecided, however short the grace. A busy machine may not come
    // to the end of one execution in it, which is no hang.
    for engine in [REDUCED, GRAPHS] {
        let budget = Budget { time: Duration::from_secs(2), ..Budget::default() };
        let report = long(engine, budget.clone(), Duration::from_secs(2));
        assert!(matches!(report.end, End::Cut(Stop::Time(_) | Stop::Late(_))), "{report:?}");

        let budget = Budget { executions: 1, ..budget };
        let report = long(engine, budget, Duration::from_secs(60));
        assert!(matches!(report.end, End::Cut(Stop::Executions(_))), "{report:?}");
        assert!(!report.notes.is_empty(), "others have looked further: {report:?}");
    }

    // What the judge says when it panics, and where.
    for engine in [REDUCED, LOOM, NATIVE] {
        let budget = Budget { time: Duration::from_millis(300), ..Budget::default() };
        let job = Job { scenario: "judge".to_string(), engine, budget };
        let report = trial::run(&job, &Launch::default(), &|_| {}).expect("a report");
        let failure = report.failure.expect("a failure");
        println!("{:<18} {}", "judge", failure.why);
        assert_eq!(failure.kind, Kind::Panic);
        let said = failure.why.to_string();
        assert!(said.contains("the judge has no name for that (attacks.rs:"), "{said}");
    }
    fs::remove_dir_all(notes()).expect("the folder of the notes");
}
