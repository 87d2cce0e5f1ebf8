//! What cannot be done is named, with what to do about it, and nothing is written.

use std::fs;
use std::path::Path;

use super::shop::{document, racelab, said, say};

#[track_caller]
fn refused(folder: &Path, arguments: &[&str], code: i32, words: &[&str]) {
    let said = say(folder, arguments);
    assert_eq!(said.code, Some(code), "{arguments:?}: {said:?}");
    for word in words {
        assert!(said.stderr.contains(word), "{arguments:?}: {word} is not said: {}", said.stderr);
    }
    assert!(!said.stderr.contains("panicked"), "{}", said.stderr);
}

#[test]
fn there_is_no_cargo() {
    let root = tempfile::tempdir().expect("a folder");
    document(root.path(), &["exercise", "start", "ws", "--no-build"]);
    let folder = root.path().join("ws");
    let without = |arguments: &[&str]| {
        let mut command = racelab(&folder, arguments);
        said(command.env("PATH", root.path()).env_remove("CARGO").output().expect("it runs"))
    };
    let check = without(&["exercise", "check"]);
    assert_eq!(check.code, Some(4), "{check:?}");
    assert!(check.stderr.contains("https://rustup.rs"), "{check:?}");
    assert_eq!(without(&["exercise", "list"]).code, Some(0));
    assert_eq!(without(&["demo", "torn-header", "--for", "20ms"]).code, Some(0));
    let start = without(&["exercise", "start", "other"]);
    assert_eq!(start.code, Some(4), "{start:?}");
    assert!(start.stderr.contains("the folder is written"), "{start:?}");
}

#[test]
fn the_workspace_is_of_another_version() {
    let root = tempfile::tempdir().expect("a folder");
    document(root.path(), &["exercise", "start", "ws", "--no-build"]);
    let folder = root.path().join("ws");
    let file = folder.join("exercises/torn_header.rs");
    fs::write(&file, "// mine\n").expect("the student's file");
    let note = folder.join(".racelab/workspace.toml");
    let text = fs::read_to_string(&note).expect("a note");
    let other =
        text.replace(&format!("racelab = {:?}", env!("CARGO_PKG_VERSION")), "racelab = \"0.0.1\"");
    assert_ne!(other, text);
    fs::write(&note, other).expect("a note");
    let ours = format!("racelab {}", env!("CARGO_PKG_VERSION"));
    refused(&folder, &["exercise", "check"], 2, &["racelab 0.0.1", &ours, "exercise start"]);
    let (started, code) =
        document(&folder, &["exercise", "start", folder.to_str().expect("text"), "--no-build"]);
    assert_eq!(code, Some(0), "{started}");
    assert_eq!(say(&folder, &["exercise", "list"]).code, Some(0));
    assert_eq!(fs::read_to_string(file).expect("the student's file"), "// mine\n");
    fs::write(&note, "racelab = [").expect("a note");
    assert_ne!(say(&folder, &["exercise", "list"]).code, Some(0));
}

#[test]
fn names_and_folders() {
    let root = tempfile::tempdir().expect("a folder");
    let here = root.path();
    refused(here, &["exercise", "check"], 2, &["racelab exercise start"]);
    refused(here, &["exercise", "start", "torn-header"], 2, &["is an exercise"]);
    fs::create_dir(here.join("full")).expect("a folder");
    fs::write(here.join("full/mine.txt"), "mine").expect("a file");
    refused(here, &["exercise", "start", "full", "--no-build"], 2, &["is not empty"]);
    refused(here, &["exercise", "start", "full/mine.txt", "--no-build"], 4, &["full/mine.txt"]);
    document(here, &["exercise", "start", "ws", "--no-build"]);
    let folder = here.join("ws");
    refused(&folder, &["exercise", "check", "torn-heder"], 2, &["did you mean torn-header?"]);
    fs::remove_file(folder.join("exercises/torn_header.rs")).expect("it was there");
    refused(&folder, &["exercise", "check"], 2, &["exercise reset torn-header"]);
    assert_eq!(say(&folder, &["exercise", "reset"]).code, Some(0));
    assert!(folder.join("exercises/torn_header.rs").exists());
}

#[test]
fn the_folder_of_an_exercise_is_its_name() {
    let root = tempfile::tempdir().expect("a folder");
    let (_, code) = document(root.path(), &["exercise", "pack", "new", "pack"]);
    assert_eq!(code, Some(0));
    fs::rename(root.path().join("pack/visitors"), root.path().join("My Visitors")).expect("it");
    let words = ["My Visitors: ", "is no name"];
    refused(root.path(), &["exercise", "pack", "check", "My Visitors"], 2, &words);
}

#[test]
fn packs_that_are_wrong_are_refused() {
    let root = tempfile::tempdir().expect("a folder");
    let here = root.path();
    let wrong = |change: &dyn Fn(&Path), words: &[&str]| {
        let _ = fs::remove_dir_all(here.join("pack"));
        let (_, code) = document(here, &["exercise", "pack", "new", "pack"]);
        assert_eq!(code, Some(0));
        change(&here.join("pack"));
        refused(here, &["exercise", "pack", "check", "pack"], 2, words);
        refused(here, &["exercise", "start", "ws", "--pack", "pack", "--no-build"], 2, words);
        assert!(!here.join("ws").exists(), "nothing is written for a pack that is refused");
    };
    let write = |path: &Path, file: &str, text: &str| {
        fs::write(path.join(file), text).expect("a file");
    };
    let edit = |path: &Path, file: &str, from: &str, to: &str| {
        let text = fs::read_to_string(path.join(file)).expect("a file");
        assert!(text.contains(from), "{from}");
        fs::write(path.join(file), text.replacen(from, to, 1)).expect("a file");
    };
    let list = "[\"visitors\"]";
    let toml = "visitors/exercise.toml";
    wrong(&|pack| write(pack, "pack.toml", "name = ["), &["pack.toml", "line 1"]);
    wrong(&|pack| fs::remove_file(pack.join("pack.toml")).expect("it"), &["pack.toml: it is not"]);
    wrong(&|pack| edit(pack, "pack.toml", list, "[\"visitors\", \"visitors\"]"), &["twice"]);
    wrong(&|pack| edit(pack, "pack.toml", list, "[\"../../etc\"]"), &["\"../../etc\" is no name"]);
    wrong(&|pack| edit(pack, "pack.toml", list, "[\"test\"]"), &["\"test\" is taken"]);
    wrong(&|pack| edit(pack, "pack.toml", list, "[\"visitor\"]"), &["visitor/exercise.toml"]);
    wrong(&|pack| edit(pack, toml, "minutes = 10", "minutes = 10\nhours = 3"), &["hours"]);
    wrong(&|pack| edit(pack, toml, "ordered.rs", "../../../x.rs"), &["is no file of a solution"]);
    wrong(
        &|pack| edit(pack, toml, "look_again.rs", "ordered.rs"),
        &["wrong/ordered.rs is there twice"],
    );
    wrong(&|pack| edit(pack, toml, "reaches = ", "reach = "), &["reach"]);
    wrong(&|pack| edit(pack, toml, "reaches = \"ONE_LOST\"\nsc", "sc"), &["how does it fail?"]);
    wrong(
        &|pack| {
            edit(pack, toml, "reaches = \"ONE_LOST\"\nsc", "reaches = \"ONE_LOST\"\ninterleavings")
        },
        &["interleavings is called sc now"],
    );
    wrong(
        &|pack| fs::remove_file(pack.join("visitors/wrong/ordered.rs")).expect("it"),
        &["visitors/wrong/ordered.rs: it is not there"],
    );
    wrong(
        &|pack| write(pack, "visitors/wrong/more.rs", "//! More.\n"),
        &["wrong/more.rs is there, and nothing says how it is marked"],
    );
    // An exercise alone: what is asked of a pack is asked of it, and of the name of its folder.
    let alone = |change: &dyn Fn(&Path), words: &[&str]| {
        let unpack = |pack: &Path| {
            let folder = pack.with_extension("alone");
            let _ = fs::remove_dir_all(&folder);
            fs::rename(pack.join("visitors"), &folder).expect("it");
            fs::remove_dir_all(pack).expect("it");
            fs::rename(&folder, pack).expect("it");
            change(pack);
        };
        wrong(&unpack, words);
    };
    let answer = "pack/answer.rs: it is not there";
    alone(&|one| fs::remove_file(one.join("answer.rs")).expect("it"), &[answer]);
    alone(&|one| edit(one, "exercise.toml", "minutes = 10", "minutes = 0"), &["minutes are"]);
    #[cfg(unix)]
    alone(
        &|one| {
            let judge = one.join("exercise_race.rs");
            fs::rename(&judge, here.join("judge.rs")).expect("it");
            std::os::unix::fs::symlink(here.join("judge.rs"), judge).expect("a link");
        },
        &["pack/exercise_race.rs: it lies outside the pack's folder"],
    );
    #[cfg(unix)]
    wrong(
        &|pack| {
            let judge = pack.join("visitors/exercise_race.rs");
            fs::remove_file(&judge).expect("it");
            std::os::unix::fs::symlink("/etc/passwd", judge).expect("a link");
        },
        &["outside the pack's folder"],
    );
}
