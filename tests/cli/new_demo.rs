//! `racelab new-demo`: all of a demo is written, or nothing; and what it writes is right at once.
//!
//! That the demo compiles and keeps its promises is held in every run by `tests/demos`, where it is
//! compiled beside the course; here is what becomes of a source tree.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::schema;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// As much of a source tree as the command looks at.
fn tree() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    for file in ["demos/mod.rs", "book/src/SUMMARY.md", "book/src/engines.md"] {
        let copy = root.path().join(file);
        fs::create_dir_all(copy.parent().expect("it has one")).expect("a folder");
        fs::copy(Path::new(ROOT).join(file), copy).expect("a copy");
    }
    root
}

/// Every file of a folder, and its text.
fn all(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path => _ = found.insert(path.clone(), fs::read_to_string(path).expect("text")),
            }
        }
    }
    found
}

fn new_demo(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    command.arg("new-demo").args(arguments).current_dir(folder).output().expect("racelab runs")
}

#[track_caller]
fn refused(folder: &Path, name: &str, code: i32, words: &str) {
    let output = new_demo(folder, &[name]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
    assert!(said.contains(words), "{words:?} is not said: {said}");
}

#[test]
fn a_demo_is_a_folder_a_chapter_and_two_lines() {
    let root = tree();
    let before = all(root.path());
    // From anywhere in the tree.
    let output = new_demo(&root.path().join("book/src"), &["two-tills", "--json"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let document: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let schema = serde_json::from_str(include_str!("../../book/src/schema.json")).expect("JSON");
    assert_eq!(schema::wrong(&schema, &document), Vec::<String>::new());

    let mut after = all(root.path());
    let mut text = |file: &str| after.remove(&root.path().join(file)).expect(file);
    let list = text("demos/mod.rs");
    // The last of those that are there.
    assert!(list.contains(",\n    two_tills,\n}\n"), "{list}");
    assert_eq!(list.replace("    two_tills,\n", ""), before[&root.path().join("demos/mod.rs")]);
    let summary = text("book/src/SUMMARY.md");
    let line = "  - [two-tills](two-tills.md)\n";
    assert!(summary.contains(line), "{summary}");
    assert_eq!(summary.replace(line, ""), before[&root.path().join("book/src/SUMMARY.md")]);
    let chapter = "{{#include ../../demos/two_tills/lesson.md}}\n";
    assert_eq!(text("book/src/two-tills.md"), chapter);
    assert!(text("demos/two_tills/mod.rs").contains("name: \"two-tills\""));
    let files = [
        "lesson.md",
        "race.rs",
        "again.rs",
        "broken.rs",
        "fixed.rs",
        "ordered.rs",
        "exercise.toml",
        "exercise.rs",
        "exercise_race.rs",
        "exercise_spec.rs",
        "answer.rs",
        "wrong/exchange_once.rs",
        "wrong/look_again.rs",
        "wrong/ordered.rs",
        "right/lock.rs",
    ];
    for file in files {
        text(&format!("demos/two_tills/{file}"));
    }
    text("book/src/engines.md");
    assert!(after.is_empty(), "{:?}", after.keys());
    assert_eq!(document["new"].as_array().map(Vec::len), Some(files.len() + 2));
}

#[test]
fn what_cannot_be_is_refused_and_nothing_is_written() {
    let root = tree();
    assert_eq!(new_demo(root.path(), &["two-tills"]).status.code(), Some(0));
    let before = all(root.path());
    refused(root.path(), "two-tills", 2, "two-tills is taken");
    refused(root.path(), "engines", 2, "engines is taken");
    for name in ["Two-Tills", "two_tills", "../tills", "two--tills", "", "2-tills"] {
        refused(root.path(), name, 2, "is no name");
    }
    refused(root.path(), "move", 2, "a word of Rust");
    refused(root.path(), "test", 2, "is taken");
    let elsewhere = tempfile::tempdir().expect("a folder");
    refused(elsewhere.path(), "three-tills", 2, "is in no source tree of racelab");
    assert_eq!(all(root.path()), before);
    let list = root.path().join("demos/mod.rs");
    fs::write(&list, "// syllabus! { was here\n").expect("a file");
    let before = all(root.path());
    refused(root.path(), "three-tills", 2, "demos/mod.rs is not as it was made");
    assert_eq!(all(root.path()), before);
}

/// A disk that is full at once, and one that is full when the last file is written.
#[cfg(unix)]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    let root = tree();
    let list = root.path().join("demos/mod.rs");
    let long = "// A line that says nothing.\n".repeat(10_000);
    fs::write(&list, fs::read_to_string(&list).expect("text") + &long).expect("a file");
    let before = all(root.path());
    for blocks in [0, 100] {
        let program = env!("CARGO_BIN_EXE_racelab");
        let line = format!("trap '' XFSZ; ulimit -f {blocks}; exec {program} new-demo two-tills");
        let mut shell = Command::new("sh");
        let output = shell.args(["-c", &line]).current_dir(root.path()).output().expect("a shell");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(4), "{said}");
        assert!(said.contains("everything is as it was"), "{said}");
        assert_eq!(all(root.path()), before);
        assert!(!root.path().join("demos/two_tills").exists());
    }
}

/// In a copy of the whole source: the course compiles with the new demo, and its exercise marks. That
/// what it declares is so, the course's own tests hold in every run: they explore what each new demo
/// begins as (`tests/demos/begun.rs`).
#[test]
#[ignore = "it compiles the course anew: `.ci/run --release` asks for it"]
fn the_course_holds_with_a_new_demo() {
    let tmp = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let root = tmp.join("new-demo");
    let _ = fs::remove_dir_all(&root);
    for part in ["Cargo.toml", "Cargo.lock", "README.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        fs::create_dir_all(&root).expect("a folder");
        fs::copy(Path::new(ROOT).join(part), root.join(part)).expect("a copy");
    }
    for folder in ["src", "demos", "tests", "book"] {
        copy(&Path::new(ROOT).join(folder), &root.join(folder));
    }
    let output = new_demo(&root, &["two-tills"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut course = Command::new(cargo);
    course.args(["check", "--package", "racelab-demos"]);
    course.env("CARGO_TARGET_DIR", tmp.join("new-demo-target"));
    let mut exercise = Command::new(env!("CARGO_BIN_EXE_racelab"));
    exercise.args(["exercise", "pack", "check", "demos/two_tills"]);
    // Where the workshop's tests build, which have the library already.
    exercise.env("CARGO_TARGET_DIR", tmp.join("workshop-target"));
    for command in [&mut course, &mut exercise] {
        let output = command.current_dir(&root).env("CARGO_NET_OFFLINE", "true").output();
        let output = output.expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {said}\n{errors}");
    }
    fs::remove_dir_all(&root).expect("it is there");
}

/// Copies a folder without what was built in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder").flatten() {
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true if entry.file_name() == "target" || path.ends_with("book/build") => {}
            true => self::copy(&path, &copy),
            false => _ = fs::copy(&path, &copy).expect("a copy"),
        }
    }
}
