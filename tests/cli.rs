//! The command line as it is typed and as it answers: each transcript in `tests/cli` holds.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes them anew. Figures of this machine are left
//! out of them, by `...` and `[..]`.

#[test]
fn transcripts() {
    trycmd::TestCases::new().case("tests/cli/*.md").run();
}

/// A reader that has had enough ends nothing but itself.
#[cfg(unix)]
#[test]
fn a_closed_stdout_is_no_failure() {
    use std::process::{Command, Stdio};
    for arguments in [&["list"][..], &["check", "--all"], &["explain", "torn-header"]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
        command.args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("racelab runs");
        drop(child.stdout.take());
        let output = child.wait_with_output().expect("racelab ends");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), said.as_str()), (Some(0), ""), "{arguments:?}");
    }
}
