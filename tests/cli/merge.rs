//! Shares on the command line: what they say alone, and what comes of them together.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use serde_json::{Value, json};

use crate::schema;

fn racelab(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    command.args(arguments).output().expect("racelab runs")
}

fn document(arguments: &[&str]) -> Value {
    let output = racelab(&[arguments, &["--json"]].concat());
    let document = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| {
        panic!("{arguments:?}: {error}: {}", String::from_utf8_lossy(&output.stderr))
    });
    let schema = serde_json::from_str(include_str!("../../book/src/schema.json")).expect("JSON");
    let wrong = schema::wrong(&schema, &document);
    assert!(wrong.is_empty(), "{arguments:?}: {}", wrong.join("\n"));
    document
}

/// A folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    folder
}

/// The shares of a demo, each in a file.
fn shares(folder: &std::path::Path, demo: &str, of: u32) -> Vec<String> {
    let each = (1..=of).map(|index| {
        let partition = format!("{index}/{of}");
        let share = document(&["check", demo, "--partition", &partition]);
        assert_eq!(share["ok"], false, "a share is no verdict");
        let file = folder.join(format!("{demo}-{index}.json"));
        fs::write(&file, share.to_string()).expect("a file");
        file.display().to_string()
    });
    each.collect()
}

fn merged<'a>(files: impl IntoIterator<Item = &'a String>) -> Output {
    let files: Vec<&str> = files.into_iter().map(String::as_str).collect();
    racelab(&[&["check", "--merge"][..], &files].concat())
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Without what is another each time, and what only one process can show.
fn untimed(document: &mut Value) {
    match document {
        Value::Array(all) => all.iter_mut().for_each(untimed),
        Value::Object(all) => {
            let another = ["seconds", "first_failure_seconds", "hardware", "tests"];
            all.retain(|name, _| !another.contains(&name.as_str()));
            all.values_mut().for_each(untimed);
        }
        _ => {}
    }
}

#[test]
fn shares_of_a_demo_are_the_whole() {
    let folder = folder("merge-whole");
    let files = shares(&folder, "lost-update", 3);
    let names: Vec<&str> = files.iter().map(String::as_str).rev().collect();
    let mut together = document(&[&["check", "--merge"][..], &names].concat());
    let mut whole = document(&["check", "lost-update", "--engine", "graphs"]);
    assert_eq!(together["ok"], true);
    untimed(&mut together);
    untimed(&mut whole);
    assert_eq!(together, whole);
    let output = merged(&files);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("PASSED all"), "{text}");
}

#[test]
fn a_share_says_which_it_is() {
    let output = racelab(&["check", "torn-header", "--partition", "2/3"]);
    let text = String::from_utf8_lossy(&output.stdout);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(output.status.success(), "{}", said(&output));
    assert!(text.contains("SHARE 2/3") && !text.contains("PASSED"), "{text}");
    assert!(text.contains("racelab check --merge") && !text.contains("as declared"), "{text}");
    // Where something fails, that is the whole's as well.
    let first = document(&["check", "torn-header", "--partition", "1/3"]);
    let runs = first["demos"][0]["runs"].as_array().expect("runs");
    assert!(runs.iter().any(|run| run["verdict"] == "caught" && run["token"].is_string()));
}

#[test]
fn what_is_no_whole_is_refused() {
    let folder = folder("merge-refused");
    let files = shares(&folder, "torn-header", 3);
    let others = shares(&folder, "early-publish", 2);
    let missing = merged(&files[..2]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(said(&missing).contains("torn-header/broken: the share 3/3 is missing"));
    assert!(missing.stdout.is_empty());
    let twice = merged(files.iter().chain(&files[1..2]));
    assert_eq!(twice.status.code(), Some(2));
    assert!(said(&twice).contains("the share 2/3 is there twice"), "{}", said(&twice));
    let foreign = merged(files.iter().chain(&others[..1]));
    assert_eq!(foreign.status.code(), Some(2));
    assert!(said(&foreign).contains("early-publish/broken: the share 2/2 is missing"));
    // A share of another division, under the name of the one that is missing.
    let mut other: Value =
        serde_json::from_str(&fs::read_to_string(&files[2]).expect("a file")).expect("JSON");
    for run in other["demos"][0]["runs"].as_array_mut().expect("runs") {
        if run["share"].is_object() {
            run["share"]["part"]["tree"] = json!("0123456789abcdef");
        }
    }
    fs::write(&files[2], other.to_string()).expect("a file");
    let foreign = merged(&files);
    assert_eq!(foreign.status.code(), Some(2));
    assert!(said(&foreign).contains("are not of one whole"), "{}", said(&foreign));
    for (name, text) in
        [("none", None), ("text", Some("no JSON")), ("list", Some("{\"demos\":[]}"))]
    {
        let file = folder.join(name);
        text.into_iter().for_each(|text| fs::write(&file, text).expect("a file"));
        let output = merged([&file.display().to_string()]);
        assert_eq!(output.status.code(), Some(2));
        let says = if text.is_some() { "has no share" } else { "cannot read" };
        assert!(said(&output).contains(says), "{}", said(&output));
    }
    let damaged = folder.join("damaged");
    let text = json!({ "demos": [{ "runs": [{ "share": { "engine": 3 } }] }] });
    fs::write(&damaged, text.to_string()).expect("a file");
    let output = merged([&damaged.display().to_string()]);
    assert!(output.status.code() == Some(2) && said(&output).contains("is damaged"));
    for wrong in ["0/3", "4/3", "1", "1/0", "1/999", "x/3"] {
        let output = racelab(&["check", "torn-header", "--partition", wrong]);
        assert_eq!(output.status.code(), Some(2), "{wrong}");
        assert!(said(&output).contains("K/N is the share K of N"), "{}", said(&output));
    }
    let reduced = racelab(&["check", "torn-header", "--partition", "1/2", "--engine", "reduced"]);
    assert_eq!(reduced.status.code(), Some(2));
    assert!(said(&reduced).contains("reduced does not divide"), "{}", said(&reduced));
}

/// The documents that tests leave: by the place of the call, whichever test made it.
#[test]
fn shares_of_tests_are_put_together_by_their_place() {
    let folder = folder("merge-tests");
    let demos = shares(&folder, "torn-header", 2);
    let left = |required: &str| {
        let each = demos.iter().enumerate().map(|(at, file)| {
            let text = fs::read_to_string(file).expect("a file");
            let demo: Value = serde_json::from_str(&text).expect("JSON");
            let runs = demo["demos"][0]["runs"].as_array().expect("runs").iter();
            let mut fixed = runs.filter(|run| run["version"] == "fixed" && run["race"] == "first");
            let share = fixed.find(|run| run["share"].is_object()).expect("a share");
            let call = json!({
                "test": format!("share_{at}"), "call": 1, "place": "tests/own.rs:9:5",
                "required": [required], "reports": [share["share"]],
            });
            let file = folder.join(format!("call-{at}.json"));
            fs::write(&file, call.to_string()).expect("a file");
            file.display().to_string()
        });
        each.collect::<Vec<_>>()
    };
    let came_up = document(&["check", "torn-header", "--engine", "graphs"]);
    let runs = came_up["demos"][0]["runs"].as_array().expect("runs").iter();
    let fixed = runs.filter(|run| run["version"] == "fixed");
    let outcomes = fixed.flat_map(|run| run["outcomes"].as_array().expect("outcomes"));
    let seen = outcomes.filter(|row| row["count"] != 0).find_map(|row| row["id"].as_str());
    let files = left(seen.expect("an outcome"));
    let output = merged(&files);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("call 1 at tests/own.rs:9:5"), "{text}");
    assert!(text.contains("graphs: PASSED all"), "{text}");
    // What is required and never came up does not pass, whatever else did.
    let names = left("NEVER_SEEN");
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let together = document(&[&["check", "--merge"][..], &names].concat());
    assert_eq!(
        (&together["ok"], &together["tests"][0]["never"]),
        (&json!(false), &json!(["NEVER_SEEN"]))
    );
    assert_eq!(racelab(&[&["check", "--merge"][..], &names].concat()).status.code(), Some(1));
    let one = merged(&files[..1]);
    assert!(one.status.code() == Some(2) && said(&one).contains("the share 2/2 is missing"));
}
