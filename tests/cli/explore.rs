//! A game line by line: to the goal and back, under each memory.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn racelab(arguments: &[&str], typed: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("racelab runs");
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("it reads");
    child.wait_with_output().expect("racelab ends")
}

/// What it says to these lines.
fn plays(arguments: &[&str], typed: &str) -> String {
    let output = racelab(&[&["explore"], arguments].concat(), typed);
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The last screen before the token, and the token.
fn last(said: &str) -> (&str, &str) {
    let (screens, token) = said.trim_end().rsplit_once("\ntoken ").expect("a token at the end");
    (screens.trim_end().rsplit("\n\n").next().expect("a screen"), token)
}

#[test]
fn to_the_goal_and_back() {
    let said = plays(&["torn-header"], "r\nw\nw\nr\n");
    let (screen, token) = last(&said);
    assert!(screen.contains("=> OUT_OF_BOUNDS: that is the goal"), "{screen}");
    assert!(screen.contains("torn-header/fixed --goal OUT_OF_BOUNDS"), "{screen}");
    assert!(screen.contains("HALF_THE_MAP (never)"), "{screen}");
    assert!(token.starts_with("torn-header/broken:r1w2r1:"), "{token}");
    let back = plays(&["torn-header"], "r1w2r1\nu\nu\nu\nu\nu\n");
    let (screen, token) = last(&back);
    assert!(screen.contains("nothing was done yet"), "{screen}");
    assert!(token.starts_with("torn-header/broken::"), "{token}");
    // A game that was left as it began begins again.
    assert!(plays(&[token], "p\n").contains("=> OUT_OF_BOUNDS: that is the goal"), "{token}");
    let left = plays(&["early-publish", "--model", "c11"], "");
    assert!(plays(&[last(&left).1], "p\n").contains("=> NO_HEADER: that is the goal"), "{left}");
    let again = plays(&["torn-header"], "r1w2r1\nu\nu\nU\nU\n");
    assert!(last(&again).1.starts_with("torn-header/broken:r1w2r1:"), "{again}");
}

#[test]
fn what_only_c11_shows_needs_an_old_read() {
    let arguments = ["torn-header", "--model", "c11", "--goal", "HALF_THE_MAP"];
    let said = plays(&arguments, "w2\nr\nr 2\n");
    let (screen, token) = last(&said);
    assert!(screen.contains("=> HALF_THE_MAP: that is the goal"), "{screen}");
    assert!(screen.contains("STALE, newest 16"), "{screen}");
    assert!(token.starts_with("torn-header/broken:c11-w2r1r.1:"), "{token}");
    let arguments = ["torn-header", "--model", "x86", "--goal", "HALF_THE_MAP"];
    let said = plays(&arguments, "");
    assert!(said.contains("executions end in HALF_THE_MAP under x86: all were explored"), "{said}");
    let said = plays(&arguments, "p\n");
    assert!(said.contains("no execution ends in HALF_THE_MAP"), "{said}");
}

/// On the fixed version the same goal is proved to be out of reach, under each memory.
#[test]
fn on_the_fixed_version_none_of_all_executions_ends_so() {
    for (name, goal, model) in [
        ("torn-header/fixed", "OUT_OF_BOUNDS", "sc"),
        ("early-publish/fixed", "NO_HEADER", "c11"),
        ("store-buffering/fixed", "livelock", "x86"),
        ("held-reference/fixed", "deadlock", "sc"),
    ] {
        let said = plays(&[name, "--goal", goal, "--model", model], "");
        let none = said.lines().find(|line| line.starts_with("0 of ")).unwrap_or_default();
        assert!(none.contains(&format!("executions end in {goal} under ")), "{name}: {said}");
    }
}

/// A goal that is not the simplest failure has a way all the same: an engine finds it.
#[test]
fn each_end_that_there_is_has_a_way_there() {
    for (name, goal) in [
        ("ghost-read/validate", "NEITHER"),
        ("torn-scan/scan-twice", "FIRST_ALONE"),
        ("lost-update", "BOTH"),
    ] {
        let said = plays(&[name, "--goal", goal], "p\n");
        assert!(last(&said).0.contains(&format!("=> {goal}: that is the goal")), "{said}");
    }
}

/// The same game with a child process for each question: here the command is its own child.
#[test]
fn a_program_elsewhere_is_played_as_one_in_this_process() {
    let program = env!("CARGO_BIN_EXE_racelab");
    let there = ["mine", "--program", program, "--scenario", "torn-header/broken"];
    let said = plays(&[&there[..], &["--library", env!("CARGO_PKG_VERSION")]].concat(), "p\n");
    let (screen, token) = last(&said);
    assert!(screen.contains("=> OUT_OF_BOUNDS: that is the goal. Now mend it"), "{screen}");
    assert!(token.starts_with("mine:r1w2r1:"), "{token}");
    let here = plays(&["torn-header/broken"], "p\n");
    let steps = |said: &str| {
        let lines = last(said).0.lines().map(str::to_string);
        lines.skip_while(|line| !line.starts_with("SO FAR")).take(4).collect::<Vec<_>>()
    };
    assert_eq!(steps(&said), steps(&here));
    for (arguments, code, says) in [
        (
            ["explore", "x", "--program", program, "--scenario", "x", "--library", "0.0.1"],
            2,
            "0.0.1",
        ),
        (["explore", "x", "--program", "/bin/true", "--scenario", "x", "--goal", "a"], 1, "CRASH"),
        (
            ["explore", "x", "--program", "/no/such", "--scenario", "x", "--goal", "a"],
            4,
            "/no/such",
        ),
    ] {
        let output = racelab(&arguments, "");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
}

#[test]
fn the_memory_is_shown_by_words_bytes_and_cache_lines() {
    let said = plays(&["torn-header"], "#\nr\nw\n#\n");
    let mut screens = said.split("\n\n");
    assert!(screens.next().expect("one").contains("MEMORY  array=1 length=8"), "{said}");
    assert!(screens.next().expect("two").contains("BYTES   0000  01 00 00"), "{said}");
    let last = screens.nth(2).expect("five");
    assert!(last.contains("LINES   0: array=1 length=16 (writer has it, written)"), "{last}");
    assert!(last.contains("writer writes line 0, which reader read"), "{last}");
    assert!(last.contains("nothing was measured"), "{last}");
}

#[test]
fn without_a_wrong_end_under_sc_the_memory_is_c11() {
    let said = plays(&["early-publish"], "p\n");
    assert!(said.contains("so this is C11"), "{said}");
    assert!(last(&said).0.contains("=> NO_HEADER: that is the goal"), "{said}");
    let said = plays(&["early-publish/fixed"], "");
    assert!(said.contains("no end is wrong under SC"), "{said}");
}

#[test]
fn a_store_waits_in_its_buffer_on_x86() {
    let said = plays(&["torn-header", "--model", "x86"], "w\nr\n");
    assert!(said.contains("BUFFERS writer: length=16"), "{said}");
    let said = plays(&["torn-header", "--model", "x86"], "w1\nw~\nr2\n");
    let (screen, token) = last(&said);
    assert!(!screen.contains("BUFFERS"), "{screen}");
    assert!(token.starts_with("torn-header/broken:x86-w1w~r2:"), "{token}");
}

#[test]
fn a_hint_says_more_each_time_and_the_checker_plays() {
    let said = plays(&["lost-update"], "h\nh\nh\np\n");
    assert!(said.contains(" moves from here"), "{said}");
    assert!(said.contains("goes next"), "{said}");
    assert!(last(&said).0.contains("that is the goal"), "{said}");
}

#[test]
fn a_deadlock_and_a_race_can_be_played() {
    let games = [
        ("held-reference", "deadlock"),
        ("duplicate-work/claim-relaxed", "data-race"),
        ("duplicate-work/no-guard", "livelock"),
    ];
    for (name, goal) in games {
        let said = plays(&[name, "--goal", goal], "p\n");
        let (screen, token) = last(&said);
        assert!(screen.contains(&format!("=> {goal}: that is the goal")), "{name}: {screen}");
        let token = token.lines().next().expect("a token");
        let output = racelab(&["replay", token, "--json"], "");
        assert_eq!(output.status.code(), Some(0), "{token}: {output:?}");
        let shown: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(shown["kind"], goal, "{token}");
    }
}

#[test]
fn read_aloud_no_line_is_cut() {
    let said = plays(&["early-publish", "--model", "c11", "--plain"], "p\n");
    let (screen, _) = last(&said);
    assert!(!screen.contains('~') && !screen.contains('|'), "{screen}");
    let load = " header.array.load(Relaxed) -> 0 STALE";
    assert!(screen.lines().any(|line| line.contains(load)), "{screen}");
}

#[test]
fn what_cannot_be_played_is_said() {
    let says = |arguments: &[&str], code: i32, what: &str| {
        let output = racelab(arguments, "");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(what), "{arguments:?}: {said}");
    };
    says(&["explore", "false-sharing"], 2, "no schedule to choose");
    says(&["outcomes", "false-sharing"], 2, "no schedule to choose");
    says(&["explore"], 2, "what? A demo");
    says(&["replay", "tests/all.1:r1:k"], 2, "cargo test tests::all");
    says(&["replay", "torn-header:r1:k"], 2, "of an exercise");
    says(&["explore", "torn"], 2, "no demo is called torn");
    says(&["outcomes", "torn-heder"], 2, "did you mean torn-header?");
    says(&["replay", "nonsense"], 2, "this is no token");
    says(&["replay", "torn-header/broken:reduced:forbidden:ba2b:vmq5"], 2, "damaged");
    says(&["explore", "torn-header", "--goal", "RICHES"], 2, "OUT_OF_BOUNDS, ");
    says(&["explore", "torn-header", "--variant", "none"], 2, "it has broken, ");
    says(&["explore", "torn-header/broken:r1x9"], 2, "damaged");
    says(&["explore", "torn-header/broken:r1@x:k"], 2, "damaged");
    says(&["replay", "torn-header/broken:r1w2r1@0/1:u"], 2, "the token has calls");
    says(&["explore", "torn-header", "--json"], 2, "no document");
    says(&["explore", "a/b:graphs:forbidden:c11-aa:aaaa"], 2, "which racelab replay shows");
    says(&["replay", "torn-header/broken:r9:a"], 5, "step 3 is not possible");
    says(&["replay", "torn-header/broken:r1w2r1:a"], 5, "something else");
    says(&["replay", "torn-header/none:r1:a"], 2, "no version is called");
    let said = plays(&["torn-header"], "x\nr7\n");
    assert!(said.contains("x is no move here"), "{said}");
    assert!(said.contains("reader cannot go on from here"), "{said}");
}

#[test]
fn every_outcome_has_its_executions_by_model() {
    let output = racelab(&["outcomes", "torn-header", "--json"], "");
    let shown: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let outcomes = shown["outcomes"].as_array().expect("outcomes");
    let of = |id: &str| outcomes.iter().find(|row| row["id"] == id).expect("an outcome");
    let counts = |id: &str| {
        let models = of(id)["by_model"].as_array().expect("models");
        models.iter().map(|shown| shown["executions"].as_u64()).collect::<Vec<_>>()
    };
    assert_eq!(counts("OUT_OF_BOUNDS"), [Some(1), Some(1), Some(1)]);
    assert_eq!(counts("HALF_THE_MAP"), [Some(0), Some(0), Some(1)]);
    let token = of("HALF_THE_MAP")["by_model"][2]["token"].as_str().expect("a token").to_string();
    let output = racelab(&["replay", &token], "");
    assert!(String::from_utf8_lossy(&output.stdout).contains("HALF_THE_MAP"), "{token}");
}
