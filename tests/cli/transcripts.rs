//! The command line as it is typed and as it answers: each transcript in `tests/cli` holds.
//!
//! `TRYCMD=overwrite cargo test --test cli transcripts` writes them anew. Figures of this machine are left
//! out of them, by `...` and `[..]`.

#[test]
fn transcripts() {
    // The table in the book is a transcript too.
    let cases = trycmd::TestCases::new();
    cases.case("tests/cli/*.md").case("book/src/litmus.md").run();
}

/// A reader that has had enough ends nothing but itself: whatever is written meets a closed pipe.
#[cfg(unix)]
#[test]
fn a_closed_stdout_is_no_failure() {
    use std::process::{Command, Stdio};
    let check = ["check", "torn-header", "held-reference", "--json"];
    for arguments in [&["list"][..], &check[..3], &check, &["explain", "torn-header"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("racelab runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("racelab ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}

fn output(arguments: &[&str], variables: &[(&str, &str)]) -> String {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_racelab"));
    command.args(arguments).envs(variables.iter().copied());
    let output = command.output().expect("racelab runs");
    String::from_utf8(output.stdout).expect("text")
}

/// Colour comes only where it is asked for, and says nothing that the text does not.
#[test]
fn colour_is_asked_for_and_adds_no_words() {
    let plain = output(&["check", "torn-header"], &[]);
    assert!(!plain.contains('\x1b'), "a pipe has no colour");
    let coloured = output(&["check", "torn-header", "--color", "always"], &[("NO_COLOR", "1")]);
    assert!(coloured.contains("\x1b["), "what is asked for aloud wins");
    let mut stripped = String::new();
    for (index, part) in coloured.split('\x1b').enumerate() {
        stripped += if index == 0 { part } else { part.split_once('m').expect("a colour").1 };
    }
    assert_eq!(stripped, plain);
}

/// The same seed finds the same execution, and tells it in the same words; that every exploration of
/// the course repeats itself, `json` holds.
#[test]
fn the_same_seed_tells_the_same_story() {
    let demos = ["torn-header", "held-reference", "wide-store", "poisoned-section"];
    let arguments = [&["check", "--plain", "--seed", "3"], &demos[..]].concat();
    assert_eq!(output(&arguments, &[]), output(&arguments, &[]));
}
