//! A bundle is all that a room needs: unpacked elsewhere, without cargo's cache and the network.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use racelab_exercise::pack;

use super::room::{document, parse, prepare, refused, run};

/// cargo and rustc of the toolchain that runs this test: cargo's home will be empty.
fn tool(name: &str) -> PathBuf {
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc).args(["--print", "sysroot"]).output().expect("rustc");
    let sysroot = String::from_utf8(output.stdout).expect("text");
    Path::new(sysroot.trim()).join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// A folder that is always the same one: what cargo built of the crates in it is good for the next
/// run, and so is what it built of the library for a student's folder, `ws`. All else is new.
fn fresh() -> PathBuf {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("class");
    fs::create_dir_all(&root).expect("a folder");
    for entry in root.read_dir().expect("a folder").flatten() {
        let path = match entry.file_name() == "ws" {
            true => entry.path().join("exercises"),
            false => entry.path(),
        };
        // There may have been no run before.
        let _ = fs::remove_dir_all(&path).or_else(|_| fs::remove_file(&path));
    }
    root
}

/// Dates every file back: cargo compiles a crate anew whose files are newer than what it made of
/// them, and these are written anew for each run.
fn date_back(folder: &Path) {
    for entry in folder.read_dir().expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            date_back(&path);
        } else {
            let file = fs::File::options().append(true).open(&path).expect("a file");
            let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
            file.set_modified(long_ago).expect("it is ours");
        }
    }
}

#[test]
#[ignore = "it builds what a class needs from nothing: `.ci/run --release` asks for it"]
fn a_room_without_a_network_has_all_it_needs() {
    let root = fresh();
    let mut first = Command::new(env!("CARGO_BIN_EXE_racelab"));
    first.current_dir(&root).args(["class", "bundle", "made", "--json"]);
    let said = prepare(&mut first);
    assert_eq!(said.code, Some(0), "{said:?}");
    let bundled = parse(&said);
    let made = root.join("made");
    for file in
        ["START.txt", "SHA256SUMS", "class-secret.txt", "source/Cargo.lock", "book/torn-header.md"]
    {
        assert!(made.join(file).is_file(), "{file} is missing");
    }
    for chapter in made.join("book").read_dir().expect("chapters").flatten() {
        let text = fs::read_to_string(chapter.path()).unwrap_or_default();
        assert!(!text.contains("{{#include"), "{:?} includes what is not there", chapter.path());
    }
    refused(&root, &["class", "bundle", "made"], 2, &["made is not empty", "--force"]);
    again(&root, &made);

    // Moved, and with a home that has nothing.
    let (room, home) = (root.join("room"), root.join("home"));
    fs::rename(&made, &room).expect("it can be moved");
    date_back(&room.join("vendor"));
    fs::create_dir(&home).expect("a folder");
    let binary = room.join(bundled["binaries"][0].as_str().expect("a binary"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("class-target");
    let racelab = |folder: &Path, arguments: &[&str]| {
        let mut command = Command::new(&binary);
        command.current_dir(folder).args(arguments).arg("--json");
        command.env("CARGO", tool("cargo")).env("RUSTC", tool("rustc"));
        command.env("CARGO_HOME", &home).env("CARGO_TARGET_DIR", &target);
        let said = run(&mut command);
        (parse(&said), said.code)
    };
    let (without, code) = racelab(&room, &["class", "doctor"]);
    assert_eq!((code, &without["word"]), (Some(4), &"RED".into()), "{without:#}");
    let (doctor, code) = racelab(&room, &["class", "doctor", "--crates", "vendor"]);
    assert_eq!((code, &doctor["word"]), (Some(0), &"GREEN".into()), "{doctor:#}");

    let (_, code) = racelab(&room, &["exercise", "start", "--crates", "vendor", "../ws"]);
    assert_eq!(code, Some(0));
    let ws = root.join("ws");
    let answer = pack::builtin().expect("the course's own pack");
    let answer = &answer.find("torn-header").expect("it is in the course").answer.text;
    fs::write(ws.join("exercises/torn_header.rs"), answer).expect("the student's file");
    let (handed_in, _) = racelab(&ws, &["exercise", "handin", "--name", "a new user"]);
    assert!(handed_in["text"].as_str().is_some_and(|text| text.contains("\nsigned: ")));
    let (checked, code) = racelab(&ws, &["exercise", "check", "torn-header"]);
    assert_eq!(
        (code, &checked["exercises"][0]["result"]),
        (Some(0), &"solved".into()),
        "{checked:#}"
    );
}

/// Written again, it keeps what is not its own, and adds a program for another platform.
fn again(root: &Path, made: &Path) {
    fs::write(made.join("plan.md"), "mine").expect("a file");
    let secret = fs::read(made.join("class-secret.txt")).expect("a file");
    fs::write(made.join("START.txt"), "mine too").expect("a file");
    // The head of a program for 64-bit ARM under Linux: all that its name needs.
    let mut other = fs::read(env!("CARGO_BIN_EXE_racelab")).expect("a program");
    let elf = other.starts_with(b"\x7fELF");
    if elf {
        other[18] = if other[18] == 0xb7 { 0x3e } else { 0xb7 };
        fs::write(root.join("other"), other).expect("a file");
    }
    fs::write(root.join("script"), "#!/bin/sh\n").expect("a file");
    let script = ["class", "bundle", "made", "--force", "--add", "script"];
    refused(root, &script, 2, &["script: it is no program"]);
    let with = ["class", "bundle", "made", "--force", "--add", "other"];
    let (bundled, code) = document(root, if elf { &with } else { &with[..4] });
    assert_eq!(code, Some(0), "{bundled}");
    let again = fs::read(made.join("class-secret.txt")).expect("a file");
    assert_eq!(again, secret, "the class has begun with it");
    assert_eq!(bundled["kept"], serde_json::json!(["START.txt.kept-1"]));
    assert_eq!(bundled["binaries"].as_array().map(Vec::len), Some(if elf { 2 } else { 1 }));
    assert_eq!(bundled["notes"], serde_json::json!([]));
    let text = |file: &str| fs::read_to_string(made.join(file)).expect("a file");
    assert_eq!((text("plan.md"), text("START.txt.kept-1")), ("mine".into(), "mine too".into()));
}

#[test]
fn what_cannot_be_bundled_is_named() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("file"), "").expect("a file");
    refused(root.path(), &["class", "bundle", "file"], 2, &["file: it is a file"]);
    let gone = ["class", "bundle", "new", "--add", "gone"];
    refused(root.path(), &gone, 2, &["gone: it is not there"]);
    let book = ["class", "bundle", "new", "--book", "."];
    refused(root.path(), &book, 2, &["no index.html"]);
    assert!(!root.path().join("new").exists(), "nothing is written");
    // No folder can be made in a file.
    refused(root.path(), &["class", "bundle", "file/new"], 4, &["cannot make file/new"]);
    let mut without = Command::new(env!("CARGO_BIN_EXE_racelab"));
    without.current_dir(root.path()).args(["class", "bundle", "new"]);
    let said = run(without.env("PATH", root.path()).env_remove("CARGO"));
    assert_eq!(said.code, Some(4), "{said:?}");
    assert!(said.stderr.contains("https://rustup.rs"), "{said:?}");
}
