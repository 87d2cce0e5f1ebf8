//! Bounds, and programs that have no end or are none: what is said of each.

use std::sync::atomic::{AtomicUsize as Plain, Ordering::SeqCst};
use std::time::Duration;

use loom::model::Builder;
use loom::sync::Arc;
use loom::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use loom::thread;
use racelab::report::{End, Stop};
use racelab::{Budget, Verdict};

/// Three threads, each of which takes a number so often.
fn numbers(rounds: usize) {
    let next = Arc::new(AtomicUsize::new(0));
    let threads = (0..3).map(|_| {
        let next = next.clone();
        let take = move |_| {
            next.fetch_add(1, Relaxed);
        };
        thread::spawn(move || (0..rounds).for_each(take))
    });
    let threads: Vec<_> = threads.collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(next.load(Relaxed), 3 * rounds);
}

/// Twelve numbers are taken in 34,650 orders: too many for the search of all of them.
#[test]
fn what_is_within_a_bound_is_no_proof() {
    let bound = Budget { preemptions: Some(1), ..Budget::default() };
    let checked = racelab::explore_model(&bound, || numbers(4));
    if racelab::trial::is_child() {
        return;
    }
    let [bounded, graphs] = &checked.reports[..] else { panic!("{checked}") };
    assert_eq!((bounded.engine.name.as_str(), bounded.verdict()), ("bounded", Verdict::Passed));
    assert_eq!((bounded.bounds.preemptions, bounded.exhaustive()), (Some(1), false));
    assert!(matches!(graphs.end, End::Cut(Stop::Executions(2_000))), "{checked}");
    assert!(!checked.passed() && checked.cut(), "{checked}");
    assert!(checked.to_string().contains("no proof: within the bound that was set"), "{checked}");
}

#[test]
fn what_is_small_is_seen_whole_within_any_bound() {
    let bound = Budget { preemptions: Some(0), ..Budget::default() };
    let checked = racelab::explore_model(&bound, || numbers(1));
    assert!(racelab::trial::is_child() || checked.passed(), "{checked}");
}

/// What takes one preemption is found within none of them too, where it is small.
#[test]
fn a_bound_hides_nothing_that_is_small() {
    let text = super::fails_with(
        |builder| builder.preemption_bound = Some(0),
        || {
            let word = Arc::new(AtomicUsize::new(0));
            let theirs = word.clone();
            let other = thread::spawn(move || theirs.store(theirs.load(Relaxed) + 1, Relaxed));
            word.store(word.load(Relaxed) + 1, Relaxed);
            other.join().unwrap();
            assert_eq!(word.load(Relaxed), 2, "one is lost");
        },
    );
    super::says(&text, "one is lost");
}

#[test]
fn an_execution_that_is_too_long_fails() {
    let text = super::fails_with(|builder| builder.max_branches = 20, || numbers(8));
    super::says(&text, "INCONCLUSIVE");
    super::says(&text, "20");
    let mut builder = Builder::new();
    builder.max_branches = 1_000;
    builder.check(|| numbers(1));
}

#[test]
fn a_program_that_does_something_else_each_time() {
    static RUNS: Plain = Plain::new(0);
    let text = super::fails(|| {
        let word = Arc::new(AtomicUsize::new(0));
        let theirs = word.clone();
        let other = thread::spawn(move || theirs.fetch_add(1, Relaxed));
        if RUNS.fetch_add(1, SeqCst) % 3 == 2 {
            word.load(Relaxed);
        }
        word.store(1, Relaxed);
        other.join().unwrap();
    });
    super::says(&text, "not deterministic");
}

#[test]
fn loops_that_never_end() {
    let text = super::fails(|| {
        let word = AtomicUsize::new(0);
        while word.load(Relaxed) == 0 {
            thread::yield_now();
        }
    });
    super::says(&text, "LIVELOCK");
    let text = super::fails_with(
        |builder| {
            builder.max_branches = 500;
            builder.max_duration = Some(Duration::from_secs(5));
        },
        || {
            let word = AtomicUsize::new(0);
            while word.load(Relaxed) == 0 {}
        },
    );
    super::says(&text, "INCONCLUSIVE");
}

#[test]
fn the_main_thread_panics_and_a_thread_is_left_waiting() {
    let text = super::fails(|| {
        let word = Arc::new(AtomicUsize::new(0));
        let theirs = word.clone();
        thread::spawn(move || theirs.store(1, Relaxed));
        assert_eq!(word.load(Relaxed), 2, "main has had enough");
    });
    super::says(&text, "main panicked: ");
    super::says(&text, "main has had enough");
    let text = super::fails(|| {
        let word = Arc::new(AtomicUsize::new(0));
        word.store(1, Relaxed);
        thread::spawn(thread::park);
    });
    super::says(&text, "DEADLOCK");
}

#[test]
fn a_model_within_a_model() {
    let text = super::fails(|| {
        let word = AtomicUsize::new(0);
        word.store(1, Relaxed);
        loom::model(|| {});
    });
    super::says(&text, "model is called within a model");
}
