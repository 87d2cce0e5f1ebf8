//! A closure as a model: what is found in it, and what is said of one that is none.

#[path = "model/shares.rs"]
mod shares;

use std::sync::atomic::{AtomicU32 as Plain, Ordering::SeqCst};

use racelab::report::{End, Kind, NoChild, Note, Stop, Why};
use racelab::rt::shuttle::cell::UnsafeCell;
use racelab::rt::shuttle::sync::atomic::{
    AtomicBool, AtomicPtr, AtomicU32, Ordering, Ordering::Relaxed,
};
use racelab::rt::shuttle::sync::{Arc, Mutex, mpsc};
use racelab::rt::shuttle::thread;
use racelab::{Budget, Checked, Report, Verdict, explore_model};

fn explored(body: impl Fn() + Send + Sync + 'static) -> Checked {
    explore_model(&Budget::default(), body)
}

fn each(checked: &Checked, holds: impl Fn(&Report) -> bool) {
    // A child is there for one call, and ends in it: the others find nothing there.
    if racelab::trial::is_child() {
        return;
    }
    assert_eq!(checked.reports.len(), 2, "{checked}");
    assert!(checked.reports.iter().all(holds), "{checked}");
}

/// So many threads count up, each by a load and a store or in one step.
fn count(threads: u32, at_once: bool) {
    let count = Arc::new(AtomicU32::new(0));
    let add = move |count: &AtomicU32| match at_once {
        true => drop(count.fetch_add(1, Relaxed)),
        false => count.store(count.load(Relaxed) + 1, Relaxed),
    };
    let started = (0..threads).map(|_| {
        let count = count.clone();
        thread::spawn(move || add(&count))
    });
    let started: Vec<_> = started.collect();
    started.into_iter().for_each(|thread| thread.join().unwrap());
    assert_eq!(count.load(Relaxed), threads, "all count");
}

#[test]
fn a_closure_with_captures_and_any_number_of_threads_passes() {
    let threads: Vec<u32> = vec![3];
    racelab::model(move || count(threads[0], true));
    let checked = explored(|| count(3, true));
    each(&checked, |report| report.verdict() == Verdict::Passed && report.executions >= 6);
    each(&checked, |report| report.notes.iter().all(|note| !matches!(note, Note::InProcess(_))));
}

#[test]
fn what_a_closure_captures_is_dropped_when_it_is_explored_no_more() {
    let kept = std::sync::Arc::new(());
    let captured = kept.clone();
    let checked = explored(move || {
        let _ = &captured;
        count(2, true);
    });
    each(&checked, |report| report.verdict() == Verdict::Passed);
    assert_eq!(std::sync::Arc::strong_count(&kept), 1);
}

#[test]
fn what_a_thread_returns_to_nobody_ends_before_what_it_has_for_itself() {
    racelab::rt::shuttle::thread_local! {
        static OWN: std::cell::Cell<u32> = const { std::cell::Cell::new(0) };
    }
    struct Tells(mpsc::Sender<u32>);
    impl Drop for Tells {
        fn drop(&mut self) {
            self.0.send(OWN.get()).expect("somebody waits for it");
        }
    }
    let checked = explored(|| {
        let (told, tells) = mpsc::channel();
        drop(thread::spawn(move || {
            OWN.set(7);
            Tells(told)
        }));
        assert_eq!(tells.recv(), Ok(7));
    });
    each(&checked, |report| report.verdict() == Verdict::Passed);
}

/// The test below looks at what it prints.
#[test]
fn it_passes_as_far_as_it_is_seen() {
    racelab::model(|| {
        let cell = UnsafeCell::new(0);
        // Safety: no other thread has it.
        unsafe { *cell.get() = 1 };
        count(2, true);
    });
}

#[test]
fn what_passes_unseen_is_printed() {
    let mut command = std::process::Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "it_passes_as_far_as_it_is_seen", "--nocapture"]);
    let output = command.output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.contains("passed, as far as it is seen"), "{said}");
    assert!(said.contains("UnsafeCell::get"), "{said}");
}

/// A scenario's text says who follows a pointer. Of a closure nobody knows, so what is plain behind it is
/// said not to be seen; what is made of `rt` is.
#[test]
fn what_lies_plain_behind_a_pointer_is_said_not_to_be_seen() {
    fn publish<T: 'static>(make: fn() -> T, look: fn(&T)) -> Checked {
        explored(move || {
            let place = Arc::new(AtomicPtr::new(std::ptr::null_mut::<T>()));
            let theirs = place.clone();
            let reader = thread::spawn(move || {
                let found = theirs.load(Relaxed);
                if !found.is_null() {
                    // Safety: it is never freed. It is read before it is published all the same.
                    look(unsafe { &*found });
                }
            });
            place.store(Box::leak(Box::new(make())), Relaxed);
            reader.join().unwrap();
        })
    }
    let plain = publish(|| 7, |found: &u32| assert_eq!(*found, 7));
    each(&plain, |report| {
        let said = report.notes.iter().map(racelab::words::note::note).collect::<String>();
        report.verdict() == Verdict::Passed && said.contains("what lies behind this pointer")
    });
    let seen = publish(|| AtomicU32::new(7), |found| assert_eq!(found.load(Relaxed), 7));
    each(&seen, |report| {
        report.failure.as_ref().is_some_and(|failure| failure.kind == Kind::DataRace)
    });
}

#[test]
fn making_a_lock_is_no_step() {
    let checked = explored(|| {
        let lock = Mutex::new(0);
        let _held = lock.lock();
        drop(lock.lock());
    });
    each(&checked, |report| {
        let failure = report.failure.as_ref().expect("a deadlock");
        failure.kind == Kind::Deadlock && failure.steps.len() == 1
    });
}

#[test]
fn what_fails_is_shown_with_names_and_lines() {
    let checked = explored(|| count(2, false));
    each(&checked, |report| report.failure.as_ref().is_some_and(|it| it.kind == Kind::Panic));
    let text = checked.to_string();
    for said in ["all count", "thread 2", "thread 3", "atomic1.load -> 0", "atomic1.load -> 1"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let failure = checked.failure().expect("a failure");
    let line = "false => count.store(count.load(Relaxed) + 1, Relaxed),";
    assert!(failure.steps.iter().any(|step| step.source == line), "{text}");
    assert!(matches!(&failure.why, Why::Panic { actor: Some(actor), .. } if actor == "main"));
}

#[test]
fn a_missing_edge_is_named() {
    let checked = explored(|| {
        let value = Arc::new((UnsafeCell::new(0), AtomicBool::new(false)));
        let theirs = value.clone();
        thread::spawn(move || {
            // Safety: what this test is about.
            theirs.0.with_mut(|value| unsafe { *value = 1 });
            theirs.1.store(true, Relaxed);
        });
        if value.1.load(Ordering::Acquire) {
            // Safety: as above.
            value.0.with(|value| unsafe { assert_eq!(*value, 1) });
        }
    });
    each(&checked, |report| report.failure.as_ref().is_some_and(|it| it.kind == Kind::DataRace));
    let graphs = &checked.reports[1];
    let failure = graphs.failure.as_ref().expect("a failure");
    let Why::Conflict(conflict) = &failure.why else { panic!("{checked}") };
    let edge = conflict.missing.as_ref().expect("an edge");
    assert_eq!((edge.write.ordering.as_str(), edge.write.weak), ("Relaxed", true), "{checked}");
}

#[test]
fn each_call_in_a_test_is_one_of_its_own() {
    each(&explored(|| count(2, true)), |report| report.verdict() == Verdict::Passed);
    for at_once in [true, false] {
        let verdict = if at_once { Verdict::Passed } else { Verdict::Caught };
        let checked = explored(move || count(2, at_once));
        each(&checked, |report| report.verdict() == verdict);
    }
}

#[test]
fn threads_that_nobody_joins_are_part_of_it() {
    let checked = explored(|| {
        let lock = Arc::new(Mutex::new(0));
        for _ in 0..2 {
            let lock = lock.clone();
            thread::spawn(move || {
                let before = *lock.lock().unwrap();
                thread::spawn(move || *lock.lock().unwrap() = before + 1);
            });
        }
    });
    each(&checked, |report| report.verdict() == Verdict::Passed && report.executions > 6);
}

#[test]
fn a_thread_that_never_ends_is_a_deadlock() {
    let checked = explored(|| {
        let (sender, receiver) = mpsc::channel::<()>();
        thread::spawn(move || receiver.recv());
        std::mem::forget(sender);
    });
    each(&checked, |report| report.failure.as_ref().is_some_and(|it| it.kind == Kind::Deadlock));
}

#[test]
fn a_panic_that_nobody_hears_fails_and_names_its_thread() {
    let checked = explored(|| {
        let on = Arc::new(AtomicBool::new(false));
        let theirs = on.clone();
        thread::spawn(move || assert!(!theirs.load(Relaxed), "too late"));
        on.store(true, Relaxed);
    });
    each(&checked, |report| report.failure.as_ref().is_some_and(|it| it.kind == Kind::Panic));
    let told = |report: &Report| match &report.failure.as_ref().expect("a failure").why {
        Why::Panic { actor, said } => {
            actor.as_deref() == Some("thread 2") && said.starts_with("too late (model.rs:")
        }
        _ => false,
    };
    each(&checked, told);
    // What became of one that is joined is for whoever joins it to say.
    let checked = explored(|| {
        let on = Arc::new(AtomicBool::new(false));
        let theirs = on.clone();
        let other = thread::spawn(move || assert!(!theirs.load(Relaxed), "too late"));
        on.store(true, Relaxed);
        let _ = other.join();
    });
    each(&checked, |report| report.verdict() == Verdict::Passed);
}

#[test]
fn a_panic_of_the_closure_itself_ends_the_execution() {
    let checked = explored(|| {
        let (sender, receiver) = mpsc::channel::<()>();
        // It would wait for ever.
        thread::spawn(move || receiver.recv());
        thread::yield_now();
        let _sender = std::mem::ManuallyDrop::new(sender);
        panic!("no such luck");
    });
    each(&checked, |report| report.failure.as_ref().is_some_and(|it| it.kind == Kind::Panic));
    assert!(checked.to_string().contains("main panicked: no such luck (model.rs:"), "{checked}");
}

#[test]
fn a_loop_without_an_end_is_not_passed() {
    let checked = explored(|| {
        let on = AtomicBool::new(false);
        while !on.load(Relaxed) {
            thread::yield_now();
        }
    });
    each(&checked, |report| report.failure.as_ref().is_some_and(|it| it.kind == Kind::Livelock));
    let checked = explored(|| {
        let on = AtomicBool::new(false);
        while !on.load(Relaxed) {}
    });
    each(&checked, |report| report.verdict() == Verdict::Inconclusive);
    let busy = |note: &Note| matches!(note, Note::Busy { file, .. } if file == "model.rs");
    each(&checked, |report| report.notes.iter().any(busy));
}

#[test]
fn a_closure_that_does_something_else_each_time_is_not_passed() {
    static TIMES: Plain = Plain::new(0);
    let checked = explored(|| {
        let word = Arc::new(AtomicU32::new(0));
        let theirs = word.clone();
        let other = thread::spawn(move || theirs.store(1, Relaxed));
        for _ in 0..TIMES.fetch_add(1, SeqCst) % 3 {
            word.load(Relaxed);
        }
        other.join().unwrap();
    });
    each(&checked, |report| {
        matches!(report.end, End::Cut(Stop::NotDeterministic(_))) && report.failure.is_none()
    });
}

#[test]
fn what_racelab_does_not_see_is_not_claimed() {
    let checked = explored(|| {
        let word = Arc::new(Plain::new(0));
        let theirs = word.clone();
        let other = thread::spawn(move || theirs.store(theirs.load(SeqCst) + 1, SeqCst));
        word.store(word.load(SeqCst) + 1, SeqCst);
        other.join().unwrap();
    });
    each(&checked, |report| matches!(report.end, End::Unseen(_)));
    let said = "std::sync::atomic::AtomicU32 is not seen";
    assert!(racelab::trial::is_child() || checked.to_string().contains(said), "{checked}");
    each(&checked, |report| report.verdict() == Verdict::Inconclusive);
}

#[test]
fn beside_what_it_sees_a_pointer_is_a_remark() {
    let checked = explored(|| {
        let cell = UnsafeCell::new(0);
        let _ = cell.get();
        count(2, true);
    });
    each(&checked, |report| report.verdict() == Verdict::Passed);
    each(&checked, |report| report.notes.iter().any(|note| matches!(note, Note::NotSeen(_))));
}

#[test]
fn a_model_has_no_models() {
    let checked = explored(|| racelab::model(|| count(2, true)));
    each(&checked, |report| report.verdict() != Verdict::Passed && report.failure.is_some());
    assert!(checked.to_string().contains("model is called within a model"), "{checked}");
}

#[test]
fn where_the_test_is_not_known_it_is_explored_in_process() {
    let checked = std::thread::spawn(|| explored(|| count(2, true))).join().expect("no panic");
    if !std::env::args().any(|argument| argument == "--exact") {
        each(&checked, |report| report.notes.contains(&Note::InProcess(NoChild::Unnamed)));
    }
    each(&checked, |report| report.verdict() == Verdict::Passed);
}

#[test]
fn where_a_child_does_not_come_to_it_it_is_explored_in_process() {
    static CALLS: Plain = Plain::new(0);
    let first = explored(|| count(2, true));
    if first.reports.is_empty() && CALLS.fetch_add(1, SeqCst) == 0 {
        // A child that is there for a later call: a test that counts what the first has found
        // comes no further.
        return;
    }
    let checked = explored(|| count(2, false));
    each(&checked, |report| report.notes.contains(&Note::InProcess(NoChild::NotReached)));
    each(&checked, |report| report.verdict() == Verdict::Caught);
}

#[test]
#[ignore = "it fails: what comes of that is looked at below"]
fn one_is_lost() {
    racelab::model(|| count(2, true));
    racelab::model(|| count(2, false));
}

/// Runs the test above, with these variables.
fn one_is_lost_with(variables: &[(&str, &str)]) -> (bool, String) {
    let program = std::env::current_exe().expect("this test");
    let mut command = std::process::Command::new(program);
    command.args(["--exact", "one_is_lost", "--include-ignored", "--nocapture"]);
    command.envs(variables.iter().copied()).env("RUST_BACKTRACE", "0");
    let output = command.output().expect("a child");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn each_call_is_a_suite_of_junit() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_string_lossy().into_owned();
    let (passed, text) = one_is_lost_with(&[("RACELAB_JUNIT", &path)]);
    assert!(!passed, "{text}");
    let read = |call: u32| {
        let file = folder.path().join(format!("one_is_lost.{call}.xml"));
        std::fs::read_to_string(file).expect("a document")
    };
    let passes = read(1);
    for said in ["tests=\"2\" failures=\"0\" errors=\"0\"", "<system-out>PASSED all "] {
        assert!(passes.contains(said), "{said}: {passes}");
    }
    let fails = read(2);
    for said in ["failures=\"2\"", "<failure type=\"panic\" message=\"PANIC in ", "load -&gt; 0"] {
        assert!(fails.contains(said), "{said}: {fails}");
    }
}

#[test]
fn a_failure_is_shown_again_by_its_token() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new").to_string_lossy().into_owned();
    let (passed, text) = one_is_lost_with(&[("RACELAB_JSON", &path)]);
    assert!(!passed, "{text}");
    let commands: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("Once more: ")).collect();
    assert_eq!(commands.len(), 2, "{text}");
    for (command, engine) in commands.iter().zip(["reduced", "graphs"]) {
        let rest = command.strip_prefix("RACELAB_REPLAY=").expect("a token");
        let (token, rest) = rest.split_once(' ').expect("a command");
        assert_eq!(rest, "cargo test one_is_lost -- --nocapture");
        assert!(token.starts_with(&format!("one_is_lost.2:{engine}:panic:")), "{token}");
        let (passed, again) = one_is_lost_with(&[("RACELAB_REPLAY", token)]);
        assert!(!passed, "{again}");
        for said in [
            "RACELAB_REPLAY is of one_is_lost.2: one_is_lost.1 is not explored",
            &format!("an execution of {engine}"),
            "atomic1.load -> 1 ",
            "all count",
        ] {
            assert!(again.contains(said), "{said}: {again}");
        }
        let (passed, again) = one_is_lost_with(&[("RACELAB_REPLAY", &token[..token.len() - 1])]);
        assert!(!passed && again.contains("does something else now"), "{again}");
    }
    let (passed, text) = one_is_lost_with(&[("RACELAB_REPLAY", "nothing of the kind")]);
    assert!(!passed && text.contains("RACELAB_REPLAY is no token of a test"), "{text}");
    let read = |call: u32| {
        let path = folder.path().join(format!("new/one_is_lost.{call}.json"));
        let text = std::fs::read_to_string(path).expect("a document");
        serde_json::from_str::<serde_json::Value>(&text).expect("one of JSON")
    };
    assert_eq!(
        (read(1)["passed"].as_bool(), read(2)["passed"].as_bool()),
        (Some(true), Some(false))
    );
    assert_eq!(read(2)["again"][0].as_str(), Some(commands[0]));
    assert_eq!(read(2)["reports"][0]["failure"]["kind"].as_str(), Some("panic"));
}

#[test]
#[ignore = "it needs a variable, which is set below"]
fn it_looks_afterwards() {
    let seen = std::sync::Arc::new(std::sync::Mutex::new(std::collections::BTreeSet::new()));
    let theirs = seen.clone();
    racelab::model(move || {
        let both = Arc::new((AtomicU32::new(0), AtomicU32::new(0)));
        let others = both.clone();
        let other = thread::spawn(move || {
            others.0.store(1, Relaxed);
            others.1.load(Relaxed)
        });
        both.1.store(1, Relaxed);
        let mine = both.0.load(Relaxed);
        theirs.lock().unwrap().insert((mine, other.join().unwrap()));
    });
    assert_eq!(seen.lock().unwrap().len(), 4, "store buffering has four outcomes");
}

#[test]
fn in_process_a_test_may_look_at_what_its_executions_left() {
    let program = std::env::current_exe().expect("this test");
    let mut command = std::process::Command::new(program);
    command.args(["--exact", "it_looks_afterwards", "--include-ignored", "--nocapture"]);
    let run = |command: &mut std::process::Command| command.output().expect("a child").status;
    assert!(run(command.env("RACELAB_IN_PROCESS", "1")).success());
    assert!(!run(command.env_remove("RACELAB_IN_PROCESS")).success());
}

#[test]
fn a_lock_that_is_held_across_a_yield_passes() {
    let held = |yields: u32| {
        let lock = Arc::new(Mutex::new(0));
        let started: Vec<_> = (0..2)
            .map(|_| {
                let lock = lock.clone();
                thread::spawn(move || {
                    let mut count = lock.lock().unwrap();
                    (0..yields).for_each(|_| thread::yield_now());
                    *count += 1;
                })
            })
            .collect();
        started.into_iter().for_each(|thread| thread.join().unwrap());
        assert_eq!(*lock.lock().unwrap(), 2);
    };
    for yields in [0, 1, 2] {
        let checked = explored(move || held(yields));
        each(&checked, |report| report.verdict() == Verdict::Passed);
    }
}

#[test]
fn a_loop_that_waits_under_a_lock_comes_on_by_who_needs_none() {
    let checked = explored(|| {
        let shared = Arc::new((Mutex::new(0), AtomicBool::new(false)));
        let theirs = shared.clone();
        let other = thread::spawn(move || {
            let mut count = theirs.0.lock().unwrap();
            while !theirs.1.load(Ordering::Acquire) {
                thread::yield_now();
            }
            *count += 1;
        });
        shared.1.store(true, Ordering::Release);
        *shared.0.lock().unwrap() += 1;
        other.join().unwrap();
        assert_eq!(*shared.0.lock().unwrap(), 2);
    });
    each(&checked, |report| report.verdict() == Verdict::Passed);
}
