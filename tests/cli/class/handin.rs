//! From a student's folder to the instructor's table.

use std::fs;
use std::path::PathBuf;

use super::room::{document, refused, say};

const PROGRESS: &str = "torn-header solved tries=3 hints=1 first=1700000000 solved=1700000600\n\
                        migration-window tried tries=2 hints=3 gave-up=yes first=1700000700\n";

/// A workspace in which nothing is built, and somebody has worked.
fn workspace() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a folder");
    let (_, code) = document(root.path(), &["exercise", "start", "ws", "--no-build"]);
    assert_eq!(code, Some(0));
    let folder = root.path().join("ws");
    fs::write(folder.join("progress.txt"), PROGRESS).expect("progress");
    (root, folder)
}

#[test]
fn what_is_handed_in_is_collected() {
    let (_root, ws) = workspace();
    let hand_in = |name: &str| {
        let (document, code) = document(&ws, &["exercise", "handin", "--name", name]);
        assert_eq!((code, &document["solved"]), (Some(0), &1.into()), "{document}");
        ws.join(document["file"].as_str().expect("a file"))
    };
    let first = hand_in("a new user");
    assert_eq!(first, ws.join("handin-a-new-user.txt"));
    // Handed in again, it is replaced.
    assert_eq!(hand_in("a new user"), first);
    let second = hand_in("another");
    let text = fs::read_to_string(&first).expect("a file");
    assert!(text.contains("name: a new user") && text.contains("minutes=10"), "{text}");

    let damaged = ws.join("damaged.txt");
    fs::write(&damaged, text.replace("hints=1", "hints=0")).expect("a file");
    let path = |path: &PathBuf| path.to_str().expect("text").to_string();
    let all = [path(&first), path(&second), path(&damaged)];
    let arguments = ["class", "collect", &all[0], &all[1]];
    let (table, code) = document(&ws, &arguments);
    assert_eq!((code, &table["ok"]), (Some(0), &true.into()), "{table}");
    let row = &table["students"][0];
    assert_eq!(row["name"], "a new user");
    assert_eq!([&row["solved"], &row["tries"], &row["hints"], &row["seconds"]], [1, 5, 4, 600]);
    let exercises = table["exercises"].as_array().expect("exercises");
    let stuck = exercises.iter().find(|row| row["exercise"] == "migration-window");
    assert_eq!(stuck.expect("it is there")["stuck"], serde_json::json!(["a new user", "another"]));

    let said = say(&ws, &["class", "collect", &all[0], &all[2], "gone.txt"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stdout.contains("a new user") && said.stdout.contains("STUCK"), "{said:?}");
    assert!(said.stderr.contains("damaged.txt: it was changed"), "{said:?}");
    assert!(said.stderr.contains("gone.txt: it is not there"), "{said:?}");
}

/// Who has the bundle signs; what was changed without its secret, or made without it, is passed over.
#[test]
fn what_the_class_signs_is_told_from_what_it_does_not() {
    let root = tempfile::tempdir().expect("a folder");
    let secret = "ab".repeat(32);
    fs::write(root.path().join("class-secret.txt"), &secret).expect("a file");
    fs::write(root.path().join("no-secret.txt"), "of my own").expect("a file");
    let start = |folder: &str, more: &[&str]| {
        let arguments = [&["exercise", "start", folder, "--no-build"], more].concat();
        assert_eq!(document(root.path(), &arguments).1, Some(0));
        fs::write(root.path().join(folder).join("progress.txt"), PROGRESS).expect("progress");
        root.path().join(folder)
    };
    let no_secret = ["exercise", "start", "x", "--no-build", "--secret", "no-secret.txt"];
    refused(root.path(), &no_secret, 2, &["no-secret.txt: it is no secret of a class"]);
    let signs = start("signs", &["--secret", "class-secret.txt"]);
    let unsigned = start("unsigned", &[]);
    let hand_in = |ws: &PathBuf, name: &str| {
        let (document, _) = document(ws, &["exercise", "handin", "--name", name]);
        ws.join(document["file"].as_str().expect("a file"))
    };
    let files = [hand_in(&signs, "one"), hand_in(&unsigned, "two")];
    let text = fs::read_to_string(&files[0]).expect("a file");
    assert!(text.contains("\nsigned: ") && !text.contains(&secret), "{text}");
    let [one, two] = files.map(|file| file.to_str().expect("text").to_string());
    let arguments = ["class", "collect", &one, &two, "--secret", "class-secret.txt"];
    let (table, code) = document(root.path(), &arguments);
    assert_eq!((code, &table["students"][0]["signed"]), (Some(1), &true.into()), "{table}");
    assert_eq!(table["students"].as_array().map(Vec::len), Some(1), "{table}");
    assert!(table["bad"][0]["why"].as_str().is_some_and(|why| why.contains("not signed")));
    // Without the secret both count, and nobody says that they are signed.
    let (table, code) = document(root.path(), &arguments[..4]);
    assert_eq!((code, &table["students"][1]["signed"]), (Some(0), &serde_json::Value::Null));
    // Twice the same, and of another pack.
    let (twice, code) = document(root.path(), &["class", "collect", &one, &one]);
    assert_eq!((code, twice["students"].as_array().map(Vec::len)), (Some(1), Some(1)), "{twice}");
    assert_eq!(document(root.path(), &["exercise", "pack", "new", "mine"]).1, Some(0));
    let (other, code) = document(root.path(), &["class", "collect", &one, "--pack", "mine"]);
    assert_eq!((code, other["students"].as_array().map(Vec::len)), (Some(1), Some(0)), "{other}");
}

#[test]
fn nothing_of_anybody_is_overwritten() {
    let (_root, ws) = workspace();
    refused(&ws, &["exercise", "handin"], 2, &["--name"]);
    refused(&ws, &["exercise", "handin", "--name", " "], 2, &["a name is missing"]);
    fs::write(ws.join("mine.txt"), "mine").expect("a file");
    let mine = ["exercise", "handin", "mine.txt", "--name", "a new user"];
    refused(&ws, &mine, 2, &["mine.txt is there", "name another file"]);
    assert_eq!(fs::read_to_string(ws.join("mine.txt")).expect("a file"), "mine");
    let folder = ["exercise", "handin", "exercises", "--name", "a new user"];
    refused(&ws, &folder, 2, &["exercises is no text file"]);
    let nowhere = ["exercise", "handin", "no/where.txt", "--name", "a new user"];
    refused(&ws, &nowhere, 4, &["cannot write no/where.txt"]);
    let outside = ["exercise", "handin", "--name", "a new user"];
    refused(ws.parent().expect("one"), &outside, 2, &["in no exercise workspace"]);
    // Another's hand-in stays theirs.
    assert_eq!(say(&ws, &["exercise", "handin", "x.txt", "--name", "one"]).code, Some(0));
    refused(&ws, &["exercise", "handin", "x.txt", "--name", "two"], 2, &["the hand-in of one"]);
}
