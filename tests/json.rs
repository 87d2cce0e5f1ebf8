//! What each command prints with `--json` is what the book says it prints.

#[path = "json/schema.rs"]
mod schema;

use std::process::Command;

use serde_json::Value;

fn racelab(arguments: &[&str]) -> Value {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    let output = command.args(arguments).arg("--json").output().expect("racelab runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), 1, "{arguments:?}: one document on one line");
    let start = "{\"schema\":\"racelab/1\",\"command\":";
    assert!(text.starts_with(start), "{arguments:?}: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../book/src/schema.json")).expect("the schema is JSON")
}

#[test]
fn every_command_prints_what_the_schema_says() {
    let schema = schema();
    let commands: [&[&str]; 17] = [
        &[],
        &["list"],
        &["check", "--all"],
        &["check", "torn-header", "--engine", "random", "--time", "20ms"],
        &["check", "torn-header", "--engine", "native", "--time", "20ms"],
        &["check", "migration-window", "--time", "1ms"],
        &["check", "torn-header", "--weaken"],
        &["demo", "torn-header", "--for", "20ms"],
        &["demo", "false-sharing", "--for", "20ms"],
        &["layout"],
        &["explain", "torn-header"],
        &["completions", "bash"],
        &["class", "agenda"],
        &["class", "agenda", "--minutes", "60"],
        &["class", "notes", "torn-header"],
        &["class", "doctor"],
        &["class", "collect", "README.md"],
    ];
    for arguments in commands {
        let document = racelab(arguments);
        let wrong = schema::wrong(&schema, &document);
        assert!(wrong.is_empty(), "{arguments:?}: {}", wrong.join("\n"));
    }
}

#[test]
fn the_schema_can_object() {
    let schema = schema();
    let mut document = racelab(&["check", "torn-header"]);
    document["demos"][0]["runs"][0]["verdict"] = "fine".into();
    assert!(schema::wrong(&schema, &document).iter().any(|wrong| wrong.contains("verdict")));
    let mut document = racelab(&["list"]);
    document["demos"][0]["colour"] = "red".into();
    assert!(!schema::wrong(&schema, &document).is_empty());
    let mut document = racelab(&["explain", "torn"]);
    document.as_object_mut().expect("an object").remove("markdown");
    assert!(!schema::wrong(&schema, &document).is_empty());
}

#[test]
fn the_failing_execution_is_all_there() {
    let document = racelab(&["check", "torn-header"]);
    let run = &document["demos"][0]["runs"][0];
    assert_eq!(run["kind"], "forbidden");
    assert_eq!(run["initial"]["length"], "8");
    let steps = run["steps"].as_array().expect("steps");
    assert!(steps.len() <= 8 && steps.iter().all(|step| step["source"] != ""), "{steps:?}");
    assert_eq!(document["ok"], true);
}
