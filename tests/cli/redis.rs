//! `racelab demo slot-migration --redis`: against real servers where they are installed, and in
//! words where they are not.

use std::path::Path;
use std::process::{Command, Output};

fn racelab(path: Option<&Path>) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    command.args(["demo", "slot-migration", "--redis", "--json"]);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    command.output().expect("racelab starts")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn each_reply_is_what_the_story_says() {
    if Command::new("redis-server").arg("--version").output().is_err() {
        eprintln!("SKIPPED: no redis-server is installed here");
        return;
    }
    let output = racelab(None);
    assert_eq!(output.status.code(), Some(0), "{}", errors(&output));
    let document: serde_json::Value =
        serde_json::from_slice(&output.stdout).expect("one JSON document");
    assert_eq!(document["ok"], true);
    let parts = document["demos"][0]["redis"]["parts"].as_array().expect("parts");
    let exchanges = parts.iter().flat_map(|part| part["exchanges"].as_array().expect("exchanges"));
    let replies: Vec<&str> = exchanges.filter_map(|one| one["reply"].as_str()).collect();
    for word in ["-MOVED ", "-ASK ", "-TRYAGAIN ", "BUSYKEY", "+OK"] {
        assert!(replies.iter().any(|reply| reply.contains(word)), "no {word} in {replies:?}");
    }
}

#[test]
fn without_a_server_it_says_what_to_install() {
    let nowhere = tempfile::tempdir().expect("a folder");
    let output = racelab(Some(nowhere.path()));
    assert_eq!(output.status.code(), Some(4));
    assert!(errors(&output).contains("redis-server is needed"), "{}", errors(&output));
    assert!(output.stdout.is_empty());
}

/// A program that only claims to be `redis-server`.
#[cfg(unix)]
fn sham(script: &str) -> Output {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().expect("a folder");
    let program = folder.path().join("redis-server");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).expect("a file");
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).expect("a program");
    racelab(Some(folder.path()))
}

#[cfg(unix)]
#[test]
fn an_old_server_is_refused() {
    let output = sham("echo 'Redis server v=3.0.6 sha=0'");
    assert_eq!(output.status.code(), Some(4));
    assert!(errors(&output).contains("3.0.6: too old"), "{}", errors(&output));
}

#[cfg(unix)]
#[test]
fn a_server_that_does_not_start_has_the_last_word() {
    let version = "echo 'Redis server v=7.0.15 sha=0'";
    let output = sham(&format!(
        "if [ \"$1\" = --version ]; then {version}; else echo 'bind: in use'; exit 1; fi"
    ));
    assert_eq!(output.status.code(), Some(4));
    let said = errors(&output);
    assert!(said.contains("did not start") && said.contains("bind: in use"), "{said}");
}
