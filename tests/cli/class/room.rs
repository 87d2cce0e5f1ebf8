//! The command as it is typed in some folder, and what it answers.

use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::schema;

/// What a command printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs a command; nothing it starts may ask the network.
pub(crate) fn run(command: &mut Command) -> Said {
    prepare(command.env("CARGO_NET_OFFLINE", "true"))
}

/// Runs a command that may ask the network for crates that no build on this platform has fetched.
pub(crate) fn prepare(command: &mut Command) -> Said {
    command.stdin(Stdio::null());
    let output = command.output().expect("it can be started");
    let text = |bytes| String::from_utf8(bytes).expect("text");
    let (stdout, stderr) = (text(output.stdout), text(output.stderr));
    assert!(!stderr.contains("panicked"), "{stderr}");
    Said { code: output.status.code(), stdout, stderr }
}

pub(crate) fn say(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    run(command.current_dir(folder).args(arguments))
}

/// The document that a command prints, which is as the book says, and its exit code.
pub(crate) fn document(folder: &Path, arguments: &[&str]) -> (Value, Option<i32>) {
    let said = say(folder, &[arguments, &["--json"]].concat());
    (parse(&said), said.code)
}

pub(crate) fn parse(said: &Said) -> Value {
    let document: Value = serde_json::from_str(&said.stdout).unwrap_or_else(|_| panic!("{said:?}"));
    let schema = include_str!("../../../book/src/schema.json");
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    let wrong = schema::wrong(&schema, &document);
    assert!(wrong.is_empty(), "{}\n{document}", wrong.join("\n"));
    document
}

#[track_caller]
pub(crate) fn refused(folder: &Path, arguments: &[&str], code: i32, words: &[&str]) {
    let said = say(folder, arguments);
    assert_eq!(said.code, Some(code), "{said:?}");
    for word in words {
        assert!(said.stderr.contains(word), "{word} is not said: {}", said.stderr);
    }
}

/// A machine without Rust is told so, in one word and in full.
#[test]
fn a_machine_without_cargo_is_red() {
    let folder = tempfile::tempdir().expect("a folder");
    let doctor = |more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
        command.current_dir(folder.path()).args(["class", "doctor"]).args(more);
        run(command.env("PATH", folder.path()).env_remove("CARGO").env_remove("RUSTC"))
    };
    let said = doctor(&[]);
    assert_eq!(said.code, Some(4), "{said:?}");
    assert!(said.stdout.starts_with("RED: "), "{said:?}");
    assert!(said.stdout.contains("https://rustup.rs"), "{said:?}");
    let document = parse(&doctor(&["--json"]));
    let bad = document["findings"].as_array().expect("findings").iter();
    let bad: Vec<&Value> =
        bad.filter(|row| row["health"] == "bad").map(|row| &row["what"]).collect();
    assert_eq!(bad, ["cargo", "rustc"]);
}

#[test]
fn what_cannot_be_planned_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    refused(folder.path(), &["class", "agenda", "--minutes", "1"], 2, &["nothing fits"]);
    refused(folder.path(), &["class", "agenda", "--minutes", "0"], 2, &["1..=10000"]);
    refused(folder.path(), &["class", "notes", "torn-heder"], 2, &["torn-header"]);
    refused(folder.path(), &["class", "doctor", "--crates", "gone"], 2, &["gone is no folder"]);
}

/// Whatever the time, all demos are either planned or left out, and the plan fits.
#[test]
fn a_plan_fits_its_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let (whole, _) = document(folder.path(), &["class", "agenda"]);
    let all = whole["demos"].as_array().expect("demos").len();
    assert!(whole["left_out"].as_array().is_some_and(Vec::is_empty));
    for minutes in [30, 60, 90, 180] {
        let arguments = ["class", "agenda", "--minutes", &minutes.to_string()];
        let (plan, code) = document(folder.path(), &arguments);
        assert_eq!(code, Some(0), "{plan}");
        assert!(plan["minutes"].as_u64() <= Some(minutes), "{plan}");
        let rows = |key: &str| plan[key].as_array().expect("demos").clone();
        assert_eq!(rows("demos").len() + rows("left_out").len(), all, "{plan}");
        let mut at = 0;
        for row in rows("demos") {
            assert_eq!(row["at"], at, "{plan}");
            at += row["minutes"].as_u64().expect("minutes");
        }
    }
}
