//! The repository itself: every demo has what a demo needs, and no file has grown too large.

use std::fs;
use std::path::{Path, PathBuf};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "no *{ending} under {folder}");
    found
}

#[test]
fn every_demo_has_its_files_and_its_chapter() {
    let summary = fs::read_to_string(root().join("book/src/SUMMARY.md")).expect("a summary");
    for demo in racelab_demos::every() {
        let folder = root().join("demos").join(demo.name.replace('-', "_"));
        assert!(folder.join("lesson.md").exists(), "{} has no lesson", demo.name);
        assert!(summary.contains(&format!("({}.md)", demo.name)), "{} has no chapter", demo.name);
        let chapter = root().join("book/src").join(format!("{}.md", demo.name));
        assert!(chapter.exists(), "{} has no chapter", demo.name);
        if demo.name == "safe-map" {
            continue;
        }
        // Both of its designs are right, each for another mix: they are called by what they do.
        let named = match demo.name {
            "copy-on-write" => ["whole_copy.rs", "in_place.rs"],
            _ => ["broken.rs", "fixed.rs"],
        };
        for file in ["mod.rs", "race.rs", "exercise.rs", "answer.rs"].into_iter().chain(named) {
            assert!(folder.join(file).exists(), "{} has no {file}", demo.name);
        }
    }
}

#[test]
fn names_are_unique() {
    for demo in racelab_demos::every() {
        assert_eq!(racelab_demos::every().filter(|other| other.name == demo.name).count(), 1);
        let mut names: Vec<String> = demo.versions.iter().map(|version| version.name()).collect();
        names.sort();
        names.dedup();
        assert_eq!(names.len(), demo.versions.len(), "{}", demo.name);
    }
}

#[test]
fn files_stay_small_and_say_what_they_are() {
    let mut wrong = Vec::new();
    for (folder, most) in [("src", 420), ("demos", 250)] {
        for path in files(folder, ".rs") {
            let text = fs::read_to_string(&path).expect("a source file");
            let lines = text.lines().count();
            if lines > most {
                wrong.push(format!("{} has {lines} lines, of {most} at most", path.display()));
            }
            if !text.starts_with("//! ") {
                wrong.push(format!("{} does not open with a sentence", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn lessons_are_short_and_name_their_sources() {
    for demo in racelab_demos::every() {
        let lines = demo.lesson.lines().count();
        assert!(lines <= 80, "{}'s lesson has {lines} lines", demo.name);
        assert!(demo.lesson.starts_with("# "), "{}'s lesson has no heading", demo.name);
    }
}

/// A scenario names neither std's threads nor a checker: it says `rt`, and runs under each.
#[test]
fn scenarios_name_no_runtime() {
    let apart = ["mod.rs", "cost.rs", "steered.rs", "shard_count.rs", "reentry.rs", "hint.rs"];
    for path in files("demos", ".rs") {
        if apart.iter().any(|name| path.ends_with(name)) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source file");
        for name in ["std::thread", "std::sync::atomic", "std::sync::Mutex", "loom::", "shuttle::"]
        {
            let used = text.lines().any(|line| {
                let code = line.split("//").next().unwrap_or(line);
                code.contains(name)
            });
            assert!(!used, "{} names {name}", path.display());
        }
    }
}
