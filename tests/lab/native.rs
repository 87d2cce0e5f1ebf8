//! Real threads: everything is counted, everything ends; what came up is nobody's business here.

use racelab::explore::native::cpu;
use racelab::explore::native::report::NativeReport;
use racelab::explore::native::run::{self, Settings};
use racelab::{Actor, Race, Saw, actor, outcomes};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::time::Duration;

outcomes! {
    ALL: Allowed, "every actor ran to its end";
    SOME: Allowed, "one panicked";
    NONE: Forbidden, "what must not be";
}

/// Far more than any budget here: a run that takes longer did not end by itself.
const LONG: Duration = Duration::from_secs(10);

fn add(memory: &AtomicU64, saw: &mut Saw) {
    saw.note(memory.fetch_add(1, Relaxed));
}

fn panic_after_adding(memory: &AtomicU64, _: &mut Saw) {
    memory.fetch_add(1, Relaxed);
    panic!("on purpose");
}

fn all_ran(memory: &AtomicU64, saws: &[Saw]) -> racelab::Outcome {
    assert_eq!(memory.load(Relaxed), saws.len() as u64);
    match saws.iter().any(Saw::panicked) {
        true => SOME,
        false => ALL,
    }
}

const ADDERS: &[Actor<AtomicU64>] =
    &[actor("first", add), actor("second", add), actor("third", add), actor("fourth", add)];
const PANICKER: &[Actor<AtomicU64>] = &[actor("adder", add), actor("panicker", panic_after_adding)];

fn race(actors: &'static [Actor<AtomicU64>]) -> Race<AtomicU64> {
    Race::new(AtomicU64::default, actors, all_ran, OUTCOMES)
}

fn short() -> Settings {
    Settings { budget: Duration::from_millis(20), ..Settings::default() }
}

fn on_one_cpu() -> Settings {
    Settings { cpus: cpu::allowed()[..1].to_vec(), ..short() }
}

fn run(race: &Race<AtomicU64>, settings: &Settings) -> NativeReport {
    let report = run::run(race, settings);
    assert_eq!(report.counts.iter().sum::<u64>(), report.iterations);
    assert!(report.iterations > 0 && report.elapsed < LONG, "{report:?}");
    report
}

#[test]
fn every_actor_runs_once_an_iteration() {
    for count in 1..=4 {
        let report = run(&race(&ADDERS[..count]), &short());
        assert_eq!(report.counts, [report.iterations, 0, 0]);
        assert_eq!(report.parallel, count <= cpu::allowed().len());
    }
}

#[test]
fn one_cpu_is_enough_and_is_told() {
    for amplified in [false, true] {
        let settings = Settings { amplified, ..on_one_cpu() };
        let report = run(&race(&ADDERS[..3]), &settings);
        assert!(!report.parallel && !report.notes.is_empty());
        assert_eq!((report.cpus, report.amplified), (settings.cpus, amplified));
    }
}

#[test]
fn panics_are_counted_and_the_run_goes_on() {
    for settings in [short(), on_one_cpu()] {
        let report = run(&race(PANICKER).panics(), &settings);
        assert_eq!(report.counts, [0, report.iterations, 0]);
        assert_eq!((report.panics, report.failing), (report.iterations, 0));
        assert!(report.panic.is_some_and(|said| said.starts_with("on purpose (native.rs:")));
    }
}

#[test]
fn it_stops_at_the_first_failure_if_asked_to() {
    let settings = Settings { budget: LONG, stop_at_failure: true, ..Settings::default() };
    let forbidden = Race { outcome: |_, _| NONE, ..race(&ADDERS[..2]) };
    for race in [forbidden, race(PANICKER)] {
        let report = run(&race, &settings);
        assert!(report.first_failure.is_some_and(|first| first <= report.elapsed));
        assert_eq!(report.failing, report.iterations);
    }
    assert_eq!(run(&race(&ADDERS[..2]), &short()).first_failure, None);
}

#[test]
fn all_memory_is_given_back() {
    static ALIVE: AtomicU64 = AtomicU64::new(0);
    struct Counted {
        sum: Box<AtomicU64>,
    }
    racelab::fields!(Counted { sum: left | right });
    impl Drop for Counted {
        fn drop(&mut self) {
            ALIVE.fetch_sub(1, Relaxed);
        }
    }
    const ADDERS: &[Actor<Counted>] = &[
        actor("left", |memory, saw| add(&memory.sum, saw)),
        actor("right", |memory, saw| add(&memory.sum, saw)),
    ];
    let memory = || {
        ALIVE.fetch_add(1, Relaxed);
        Counted { sum: Box::default() }
    };
    let race = Race::new(memory, ADDERS, |memory, saws| all_ran(&memory.sum, saws), OUTCOMES);
    let report = run::run(&race, &short());
    assert_eq!(report.counts, [report.iterations, 0, 0]);
    assert_eq!(ALIVE.load(Relaxed), 0);
}

#[test]
fn a_report_survives_json() {
    let report = run(&race(&ADDERS[..2]), &short());
    let text = serde_json::to_string(&report).expect("plain data");
    assert_eq!(serde_json::from_str::<NativeReport>(&text).expect("its own text"), report);
}

#[test]
#[should_panic(expected = "the judge gave up")]
fn a_panicking_judge_ends_the_run() {
    let hopeless = Race { outcome: |_, _| panic!("the judge gave up"), ..race(&ADDERS[..2]) };
    run::run(&hopeless, &short());
}

#[test]
#[should_panic(expected = "no memory today")]
fn panicking_memory_ends_the_run() {
    let hopeless = Race { memory: || panic!("no memory today"), ..race(&ADDERS[..2]) };
    run::run(&hopeless, &short());
}

#[test]
#[should_panic(expected = "a race has at least one actor")]
fn nobody_cannot_race() {
    run::run(&race(&[]), &short());
}
