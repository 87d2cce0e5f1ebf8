//! What each command prints with `--json` is what the book says it prints.

use std::path::Path;
use std::process::Command;
use std::sync::LazyLock;

use serde_json::Value;

use crate::schema;

fn printed(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    let output = command.args(arguments).arg("--json").output().expect("racelab runs");
    let text = String::from_utf8(output.stdout).expect("text");
    assert_eq!(text.lines().count(), 1, "{arguments:?}: one document on one line");
    let start = "{\"schema\":\"racelab/2\",\"command\":";
    assert!(text.starts_with(start), "{arguments:?}: {text}");
    text
}

fn racelab(arguments: &[&str]) -> Value {
    let text = printed(arguments);
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{arguments:?}: {error}"))
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../book/src/schema.json")).expect("the schema is JSON")
}

/// Every race of the course, explored. It is kept in the tests' folder, for `.ci/run` to hold beside
/// what an optimised build finds.
pub(crate) static EVERY: LazyLock<Value> = LazyLock::new(|| {
    let text = printed(&["check", "--all"]);
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("check-all.json");
    std::fs::write(file, &text).expect("a file");
    serde_json::from_str(&text).expect("JSON")
});

/// Without what is another each time: how long it took, and what this machine showed.
fn untimed(document: &mut Value) {
    match document {
        Value::Array(all) => all.iter_mut().for_each(untimed),
        Value::Object(all) => {
            all.retain(|name, _| {
                !["seconds", "first_failure_seconds", "hardware"].contains(&&**name)
            });
            all.values_mut().for_each(untimed);
        }
        _ => {}
    }
}

/// In two processes each exploration is the same to the letter. Here it is every third demo;
/// `.ci/run` holds all of them beside those of an optimised build.
#[test]
fn every_exploration_repeats_itself() {
    let mut every = EVERY.clone();
    untimed(&mut every);
    let demos = every["demos"].as_array().expect("demos");
    let runs = demos.iter().flat_map(|demo| demo["runs"].as_array().expect("runs"));
    assert!(runs.filter(|run| run["steps"].is_array() && run["executions"].is_u64()).count() > 50);
    let once: Vec<&Value> = demos.iter().step_by(3).collect();
    let names = once.iter().map(|demo| demo["name"].as_str().expect("a name"));
    let mut again = racelab(&["check"].into_iter().chain(names).collect::<Vec<_>>());
    untimed(&mut again);
    let again: Vec<&Value> = again["demos"].as_array().expect("demos").iter().collect();
    assert!(again.len() > 5);
    assert_eq!(once, again);
}

#[test]
fn every_command_prints_what_the_schema_says() {
    let schema = schema();
    let commands: &[&[&str]] = &[
        &[],
        &["list"],
        &["check", "torn-header", "--engine", "random", "--time", "20ms"],
        &["check", "torn-header", "--engine", "native", "--time", "20ms"],
        &["check", "migration-window", "--time", "1ms"],
        &["check", "torn-header", "--weaken"],
        &["demo", "torn-header", "--for", "20ms"],
        &["demo", "false-sharing", "--for", "20ms"],
        &["demo", "write-flag", "--for", "20ms"],
        &["layout"],
        &["layout", "false-sharing", "--suggest"],
        &["layout", "safe-map", "--suggest", "--depth", "3"],
        &["layout", "false-sharing/broken", "--measure"],
        &["layout", "false-sharing/broken", "--diff", "false-sharing/fixed"],
        &["bench", "--quick", "--keys", "50", "--mix", "99/1", "--rounds", "6", "--threads", "1,2"],
        &[
            "bench",
            "--advise",
            "--reads",
            "9",
            "--writes",
            "1",
            "--keys",
            "50",
            "--rounds",
            "6",
            "--threads",
            "1",
        ],
        &["bench", "--case", "--for", "100ms", "--keys", "50", "--maps", "safe-map,two-maps"],
        &["outcomes", "torn-header"],
        &["litmus"],
        &["litmus", "IRIW+ra", "--for", "5ms"],
        &["litmus", "--file", "tests/cli/litmus/race.litmus", "--for", "5ms"],
        &["report", "torn-header", "--html", concat!(env!("CARGO_TARGET_TMPDIR"), "/report.html")],
        &["explain", "torn-header"],
        &["completions", "bash"],
        &["class", "agenda"],
        &["class", "agenda", "--minutes", "60"],
        &["class", "notes", "torn-header"],
        &["class", "doctor"],
        &["class", "collect", "README.md"],
    ];
    let runs = EVERY["demos"].as_array().expect("demos").iter();
    let mut runs = runs.flat_map(|demo| demo["runs"].as_array().expect("runs"));
    let token = runs.find_map(|run| run["token"].as_str()).expect("a token");
    let wrong = schema::wrong(&schema, &racelab(&["replay", token]));
    assert!(wrong.is_empty(), "replay {token}: {}", wrong.join("\n"));
    let every = (&["check", "--all"][..], EVERY.clone());
    let others = commands.iter().map(|arguments| (*arguments, racelab(arguments)));
    for (arguments, document) in others.chain([every]) {
        let wrong = schema::wrong(&schema, &document);
        assert!(wrong.is_empty(), "{arguments:?}: {}", wrong.join("\n"));
    }
}

/// Only an optimised racelab has code worth reading; any other says what to do.
#[test]
fn machine_code_is_shown_or_what_is_missing_is_said() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    let output = command.args(["asm", "early-publish", "--json"]).output().expect("racelab runs");
    if cfg!(debug_assertions) {
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(4) && said.contains("--release"), "{said}");
        assert!(output.stdout.is_empty());
        return;
    }
    let document = racelab(&["asm", "early-publish"]);
    let wrong = schema::wrong(&schema(), &document);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let loader = &document["actors"][0];
    let instructions = loader["after"][0]["instructions"].as_array().expect("instructions");
    let stores = instructions.iter().filter(|instruction| instruction["memory"] == true);
    assert!(stores.count() >= 3, "two words of the header and the flag: {loader}");
    // What x86-64 cannot tell apart, AArch64 can.
    assert_eq!(document["same"], document["architecture"] == "x86-64");
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

/// What is inside a field, and the variants of an enum: this program's own types, where they are
/// described.
#[test]
fn layouts_of_a_program_are_in_the_schema() {
    let own = env!("CARGO_BIN_EXE_racelab");
    for (pattern, part) in
        [("racelab::layout::types::TypeLayout", "fields"), ("Suggestion", "variants")]
    {
        let arguments = ["layout", "--bin", own, pattern, "--depth", "2", "--suggest", "--json"];
        let mut command = Command::new(own);
        let output = command.args(arguments).output().expect("racelab runs");
        if output.status.code() == Some(4) {
            return println!("SKIPPED: {}", String::from_utf8_lossy(&output.stderr));
        }
        let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let wrong = schema::wrong(&schema(), &document);
        assert!(wrong.is_empty(), "{pattern}: {}", wrong.join("\n"));
        let parts = document["types"][0][part].as_array().expect("a list");
        assert!(parts.len() > 3, "{pattern} has {}", parts.len());
    }
}

/// The verdict on each and the price of the change.
#[test]
fn a_comparison_has_its_verdicts_and_its_price() {
    let document = racelab(&["layout", "false-sharing/broken", "--diff", "false-sharing/fixed"]);
    let diff = &document["diff"];
    assert_eq!((diff["bytes"].as_i64(), diff["times"].as_f64()), (Some(240), Some(16.0)));
    let verdicts: Vec<_> = diff["sharing"].as_array().expect("a list").iter().collect();
    assert_eq!(verdicts.len(), 2);
    for verdict in verdicts {
        assert_eq!(verdict["before"]["verdict"], "likely");
        assert_eq!(verdict["after"]["verdict"], "none");
    }
    assert_eq!(diff["fields"][1]["before"]["verdict"], "likely");
    assert_eq!(diff["fields"][1]["after"]["offset"], 128);
}

/// Figures of this machine stand in an object of their own, for the versions that pass.
#[test]
fn what_the_machine_showed_stands_apart() {
    let document = racelab(&["check", "torn-header"]);
    let machine = document["demos"][0]["hardware"].as_object().expect("an object");
    assert_eq!(machine.keys().collect::<Vec<_>>(), ["fixed", "fixed/again"]);
    let fixed = &machine["fixed"];
    let seen: u64 =
        fixed["outcomes"].as_object().expect("an object").values().flat_map(Value::as_u64).sum();
    assert_eq!((fixed["runs"].as_u64(), &fixed["kind"]), (Some(seen), &Value::Null));
    let bounded = racelab(&["check", "torn-header", "--engine", "bounded", "--bound", "1"]);
    assert!(bounded["demos"][0].get("hardware").is_none(), "a bound excludes nothing");
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
