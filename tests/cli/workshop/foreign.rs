//! Nothing that somebody else made is trusted: links lead nowhere, and what a terminal would obey is
//! shown.

use std::fs;
use std::path::Path;

use super::shop::{Shop, document, find, say};

/// What a terminal would obey, or hide.
const HOSTILE: &str = "\u{1b}]0;pwned\u{7}\u{1b}[31mSOLVED\u{1b}[0m\u{202e}desrever\u{200b}";

#[track_caller]
fn harmless(text: &str) {
    let obeyed = |c: char| {
        (c.is_control() && c != '\n') || ['\u{202e}', '\u{200b}', '\u{2066}'].contains(&c)
    };
    assert!(!text.chars().any(obeyed), "{text:?}");
}

#[cfg(unix)]
#[test]
fn no_link_of_a_workspace_is_followed() {
    use std::os::unix::fs::symlink;
    let root = tempfile::tempdir().expect("a folder");
    let precious = root.path().join("precious");
    let folder = root.path().join("folder");
    fs::create_dir(&folder).expect("a folder");
    document(root.path(), &["exercise", "start", "ws", "--no-build"]);
    let ws = root.path().join("ws");
    let linked = |name: &str, to: &Path| {
        fs::write(&precious, "mine\n").expect("a file");
        let place = ws.join(name);
        let kept = root.path().join("kept-aside");
        let there = fs::rename(&place, &kept).is_ok();
        symlink(to, &place).expect("a link");
        for arguments in
            [&["next"][..], &["hint"], &["reset"], &["list"], &["check", "--no-predict"]]
        {
            let said = say(&ws, &[&["exercise"], arguments].concat());
            assert_eq!(said.code, Some(2), "{name} {arguments:?}: {said:?}");
            assert!(said.stderr.contains("is a link"), "{name}: {said:?}");
        }
        let start = ws.to_str().expect("text");
        let said = say(root.path(), &["exercise", "start", start, "--no-build"]);
        assert_eq!(said.code, Some(2), "{name}: {said:?}");
        assert_eq!(fs::read_to_string(&precious).expect("a file"), "mine\n");
        assert_eq!(fs::read_dir(&folder).expect("a folder").count(), 0, "{name}");
        fs::remove_file(&place).expect("the link");
        if there {
            fs::rename(&kept, &place).expect("it goes back");
        }
    };
    for name in [".progress.lock", "progress.txt", "exercises/torn_header.rs", "Cargo.toml"] {
        linked(name, &precious);
    }
    for name in ["kept", ".racelab/main", ".racelab/judge", "target", ".cargo"] {
        linked(name, &folder);
    }
    assert_eq!(say(&ws, &["exercise", "next"]).code, Some(0), "without links all is well");
}

#[cfg(unix)]
#[test]
fn a_pipe_or_an_endless_file_holds_nobody_up() {
    let root = tempfile::tempdir().expect("a folder");
    document(root.path(), &["exercise", "start", "ws", "--no-build"]);
    let ws = root.path().join("ws");
    let file = ws.join("exercises/torn_header.rs");
    fs::remove_file(&file).expect("the student's file");
    let made = std::process::Command::new("mkfifo").arg(&file).status().expect("mkfifo");
    assert!(made.success());
    let said = say(&ws, &["exercise", "check", "--no-predict"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    fs::remove_file(&file).expect("the pipe");
    fs::File::create(&file).expect("a file").set_len(20 << 30).expect("a hole");
    let said = say(&ws, &["exercise", "check", "--no-predict"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    assert!(said.stderr.contains("is longer than 1024 KiB"), "{said:?}");
}

#[test]
fn what_a_pack_says_is_shown_as_it_is() {
    let root = tempfile::tempdir().expect("a folder");
    let here = root.path();
    document(here, &["exercise", "pack", "new", "pack"]);
    let toml = here.join("pack/visitors/exercise.toml");
    let text = fs::read_to_string(&toml).expect("a file");
    let escaped = HOSTILE.replace('\u{1b}', "\\u001b").replace('\u{7}', "\\u0007");
    let mut lines = Vec::new();
    for line in text.lines() {
        let key = ["title = \"", "goal = \"", "ask = \""].iter().any(|key| line.starts_with(key));
        lines.push(match key {
            true => line.replacen("= \"", &format!("= \"{escaped}"), 1),
            false => line.to_string(),
        });
    }
    let text = lines.join("\n") + "\n";
    assert!(text.contains("\\u001b"), "{text}");
    fs::write(&toml, text).expect("a file");
    let pack = fs::read_to_string(here.join("pack/pack.toml")).expect("a file");
    let pack = pack.replacen("title = \"", &format!("title = \"{escaped}"), 1);
    fs::write(here.join("pack/pack.toml"), pack).expect("a file");
    for arguments in [
        &["exercise", "start", "ws", "--pack", "pack", "--no-build"][..],
        &["exercise", "--in", "ws", "list"],
        &["exercise", "--in", "ws", "list", "--color", "always"],
        &["exercise", "--in", "ws", "next"],
        &["exercise", "--in", "ws", "hint"],
        &["exercise", "--in", "ws", "solution", "--give-up"],
        &["exercise", "--in", "ws", "status"],
    ] {
        let said = say(here, arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {said:?}");
        let plain =
            said.stdout.replace("\u{1b}[1m", "").replace("\u{1b}[2m", "").replace("\u{1b}[0m", "");
        harmless(&plain);
        harmless(&said.stderr);
    }
    let listed = say(here, &["exercise", "--in", "ws", "list"]).stdout;
    assert!(listed.contains("\\u{1b}]0;pwned\\u{7}"), "{listed}");
    let unknown = format!("colour = \"{HOSTILE}\"\n");
    fs::write(here.join("pack/pack.toml"), unknown).expect("a file");
    let said = say(here, &["exercise", "pack", "check", "pack"]);
    assert_eq!(said.code, Some(2), "{said:?}");
    harmless(&said.stderr);
}

#[test]
fn what_a_panic_says_is_shown_as_it_is() {
    let shop = Shop::open();
    let answer = find("torn-header").answer.text;
    let marker = "pub fn last(&self) -> (u32, u32) {";
    let hostile: String = HOSTILE.chars().flat_map(char::escape_unicode).collect();
    let panics = format!(
        "{marker}\n        assert!(self.reading.load(Relaxed) == 1, \"{hostile}\\r\\nSOLVED\");"
    );
    let text = answer.replace(marker, &panics);
    fs::write(shop.file("torn-header"), &text).expect("the student's file");
    for colour in ["never", "always"] {
        let said = shop.say(&["check", "torn-header", "--no-predict", "--color", colour]);
        assert_eq!(said.code, Some(1), "{said:?}");
        assert!(said.stdout.contains("\\u{1b}]0;pwned\\u{7}\\u{1b}[31mSOLVED"), "{said:?}");
        assert!(!said.stdout.lines().any(|line| line.starts_with("SOLVED")), "{said:?}");
        assert!(!said.stdout.contains(['\u{7}', '\r', '\u{202e}']), "{said:?}");
    }
}
