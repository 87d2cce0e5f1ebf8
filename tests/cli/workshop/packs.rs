//! Packs from anyone: the one to begin with is proved, and what is not so is found.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::shop::{Shop, document};

#[test]
fn a_pack_is_proved_and_a_wrong_mark_is_found() {
    // It builds where the others do: one at a time.
    let shop = Shop::open();
    let here = shop.root.parent().expect("it has one");
    let pack = here.join("pack");
    let (built, aside) = (pack.join("target"), here.join("pack-target"));
    let _ = fs::remove_dir_all(&pack);
    let (written, code) = document(here, &["exercise", "pack", "new", "pack"]);
    assert_eq!(code, Some(0), "{written}");
    // Where it was built before, only what has changed is compiled. There may have been no run yet.
    let _ = fs::rename(&aside, &built);
    let (proved, code) = document(here, &["exercise", "pack", "check", "pack"]);
    assert_eq!(code, Some(0), "{proved:#}");
    assert_eq!(proved["solutions"].as_array().map(Vec::len), Some(6));

    let attacks = proved["attacks"].as_array().expect("attacks");
    let solved: Vec<_> = attacks.iter().filter(|row| row["solved"] == true).collect();
    let names: Vec<_> = solved.iter().map(|row| row["attack"].as_str()).collect();
    assert_eq!(names, [Some("all-seqcst")], "{attacks:#?}");
    assert!(solved.iter().all(|row| row["on"] == "answer" && row["accepted"].is_string()));
    assert!(attacks.len() > 8, "{attacks:#?}");

    alone(here, &pack, &proved);

    let edit = |file: &str, from: &str, to: &str| {
        let file = pack.join(file);
        let text = fs::read_to_string(&file).expect("a file");
        fs::write(&file, text.replacen(from, to, 1)).expect("a file");
    };
    // A right answer among the wrong ones, and a start that says nothing of what is to be done.
    fs::copy(pack.join("visitors/answer.rs"), pack.join("visitors/wrong/ordered.rs")).expect("it");
    edit("visitors/exercise.rs", "TODO", "NOTE");
    // An attack that is right and not listed, and one that is listed and none.
    edit("visitors/exercise.toml", "attack = \"all-seqcst\"", "attack = \"no-loop\"");
    let (proved, code) = document(here, &["exercise", "pack", "check", "pack"]);
    assert_eq!(code, Some(1), "{proved:#}");
    let rows = proved["solutions"].as_array().expect("rows");
    let wrong: Vec<_> = rows.iter().filter(|row| !row["wrong"].is_null()).collect();
    assert_eq!(wrong.len(), 1, "{proved:#}");
    assert_eq!(wrong[0]["file"], "wrong/ordered.rs");
    let remarks = proved["remarks"][0]["wrong"].to_string();
    assert!(remarks.contains("TODO") && remarks.contains("no-loop on the answer"), "{remarks}");
    let attacks = proved["attacks"].as_array().expect("attacks");
    let missed = |row: &&Value| row["solved"] == true && row["accepted"].is_null();
    let missed: Vec<_> = attacks.iter().filter(missed).map(|row| &row["attack"]).collect();
    assert_eq!(missed, ["all-seqcst"], "{attacks:#?}");
    fs::rename(&built, &aside).expect("it was built");
    students_of(&pack);
}

/// One exercise's folder is proved as the pack of it is, and students can be given it.
fn alone(here: &Path, pack: &Path, proved: &Value) {
    let untimed = |document: &Value| {
        let mut rows = document["solutions"].as_array().expect("rows").clone();
        rows.iter_mut().for_each(|row| row["seconds"] = Value::Null);
        (rows, document["ok"].clone(), document["remarks"].clone())
    };
    let (one, code) = document(here, &["exercise", "pack", "check", "pack/visitors"]);
    assert_eq!((code, &one["pack"]), (Some(0), &"visitors".into()), "{one:#}");
    assert_eq!(untimed(&one), untimed(proved));
    assert!(!pack.join("visitors/target").exists(), "it is built where its pack is");
    let root = tempfile::tempdir().expect("a folder");
    let folder = pack.join("visitors");
    let folder = folder.to_str().expect("text");
    let (_, code) =
        document(root.path(), &["exercise", "start", "ws", "--pack", folder, "--no-build"]);
    assert_eq!(code, Some(0));
    let (list, code) = document(&root.path().join("ws"), &["exercise", "list"]);
    assert_eq!((code, &list["exercises"][0]["name"]), (Some(0), &"visitors".into()));
}

/// A workspace of somebody's pack needs the pack's folder no more.
fn students_of(pack: &Path) {
    let root = tempfile::tempdir().expect("a folder");
    let pack = pack.to_str().expect("text");
    let (started, code) =
        document(root.path(), &["exercise", "start", "ws", "--pack", pack, "--no-build"]);
    assert_eq!((code, &started["new"]), (Some(0), &vec!["visitors"].into()));
    fs::remove_dir_all(pack).expect("it is there");
    let (list, code) = document(&root.path().join("ws"), &["exercise", "list"]);
    assert_eq!((code, &list["pack"]), (Some(0), &"my-pack".into()));
}

/// The crates that exercises need, from cargo's cache into the folder.
#[test]
fn crates_are_vendored() {
    let root = tempfile::tempdir().expect("a folder");
    let (_, code) = document(root.path(), &["exercise", "start", "ws", "--vendor", "--no-build"]);
    assert_eq!(code, Some(0));
    let folder = root.path().join("ws");
    assert!(folder.join("vendor").read_dir().expect("crates").count() > 20);
    let config = fs::read_to_string(folder.join(".cargo/config.toml")).expect("a file");
    assert!(config.contains("directory = \"vendor\""), "{config}");
    // Another folder can use the same crates.
    let crates = folder.join("vendor");
    let crates = crates.to_str().expect("text");
    let (_, code) =
        document(root.path(), &["exercise", "start", "two", "--crates", crates, "--no-build"]);
    assert_eq!(code, Some(0));
    let config = fs::read_to_string(root.path().join("two/.cargo/config.toml")).expect("a file");
    assert!(config.contains(crates), "{config}");
}
