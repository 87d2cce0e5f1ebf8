//! A failing test shown again by its token, and handed to the game of the command racelab: of a
//! scenario, of a closure, of a structure with a specification.

use std::process::Command;

use racelab::rt::shuttle::sync::Arc;
use racelab::rt::shuttle::sync::atomic::{AtomicU32, Ordering::Relaxed};
use racelab::rt::shuttle::thread;

racelab::scenario!(mod two_steps = "ticket_lock/two_steps.rs", judged by "../../../book/src/your-own-code/ticket_lock/race.rs");
racelab::scenario!(mod one_too_many = "ring/one_too_many.rs", judged by "../../../book/src/specifications/queue.rs");

#[test]
#[ignore = "it fails: what comes of that is looked at below"]
fn a_scenario() {
    racelab::check(&two_steps::SCENARIO);
}

#[test]
#[ignore = "it fails: what comes of that is looked at below"]
fn a_closure() {
    racelab::model(|| {
        let count = Arc::new(AtomicU32::new(0));
        let theirs = count.clone();
        let other = thread::spawn(move || theirs.store(theirs.load(Relaxed) + 1, Relaxed));
        count.store(count.load(Relaxed) + 1, Relaxed);
        other.join().unwrap();
        assert_eq!(count.load(Relaxed), 2, "one is lost");
    });
}

#[test]
#[ignore = "it fails: what comes of that is looked at below"]
fn a_structure() {
    racelab::check_against(&one_too_many::SCENARIO);
}

/// Runs one of the tests above, with this variable.
fn run(test: &str, variable: (&str, &str)) -> (bool, String) {
    let program = std::env::current_exe().expect("this test");
    let mut command = Command::new(program);
    command.args(["--exact", test, "--include-ignored", "--nocapture"]);
    let output = command.env(variable.0, variable.1).output().expect("a child");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

#[test]
fn each_token_that_a_test_prints_shows_its_failure_again() {
    for (test, engines, says) in [
        ("a_scenario", 3, "LIVELOCK"),
        ("a_closure", 2, "one is lost"),
        ("a_structure", 2, "NOT_EXPLAINED"),
    ] {
        let (passed, text) = run(test, ("NOTHING", ""));
        assert!(!passed, "{text}");
        let lines = text.lines().filter_map(|line| line.trim().strip_prefix("Once more: "));
        let tokens = lines.map(|line| {
            let rest = line.strip_prefix("RACELAB_REPLAY=").expect("a token");
            rest.split_once(" cargo test ").expect("a command").0.trim_matches('\'').to_string()
        });
        let tokens: Vec<String> = tokens.collect();
        assert!(!tokens.is_empty() && tokens.len() <= engines, "{test}: {tokens:?}");
        for (number, token) in tokens.iter().enumerate() {
            let (passed, again) = run(test, ("RACELAB_REPLAY", token));
            assert!(!passed && again.contains("an execution of "), "{token}: {again}");
            // Each engine may show another failure; the first is the simplest.
            assert!(number > 0 || again.contains(says), "{token}: {again}");
            let other = format!("{}0", &token[..token.len() - 1]);
            let (passed, again) = run(test, ("RACELAB_REPLAY", &other));
            assert!(!passed && again.contains("does something else now"), "{other}: {again}");
        }
    }
}

/// A token of a game is one that a test shows: the moves, under a model.
#[test]
fn moves_by_hand_are_shown_by_the_test() {
    let (passed, text) = run("a_closure", ("RACELAB_REPLAY", "a_closure.1:m1"));
    assert!(!passed && text.contains("an execution under SC"), "{text}");
    assert!(text.contains("it has not ended"), "{text}");
    let (passed, text) = run("a_closure", ("RACELAB_REPLAY", "another.1:m1"));
    assert!(passed && text.contains("is of another.1: a_closure.1 is not explored"), "{text}");
}

/// The command is told all that it takes to ask the test: here it is one that says what it is told.
#[test]
#[cfg(unix)]
fn a_failing_test_hands_itself_to_the_game() {
    let mine = std::env::current_exe().expect("this test").display().to_string();
    for (test, goal) in
        [("a_scenario", "livelock"), ("a_closure", "panic"), ("a_structure", "NOT_EXPLAINED")]
    {
        let (passed, text) = run(test, ("RACELAB_EXPLORE", "/bin/echo"));
        assert!(!passed, "{text}");
        let told = text.lines().find(|line| line.starts_with("explore ")).expect("it is told");
        for part in [
            format!("explore {test}.1 --program {mine} --scenario "),
            "--library ".to_string(),
            format!("--argument={test} --argument=--exact"),
            "--model sc".to_string(),
            format!("--goal {goal}"),
        ] {
            assert!(told.contains(&part), "{part}: {told}");
        }
        assert_eq!(told.contains("--calls "), test == "a_structure", "{told}");
    }
    let (passed, text) = run("a_closure", ("RACELAB_EXPLORE", "/no/such/command"));
    assert!(!passed && text.contains("cannot start /no/such/command"), "{text}");
    assert!(text.contains("one is lost"), "{text}");
}
