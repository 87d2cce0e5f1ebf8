//! A student's own file played by hand: the tokens that a check prints, edits, and code that does
//! anything at all.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use super::shop::{Said, Shop, find, racelab, said, say};

/// What a game says to these lines.
fn plays(shop: &Shop, arguments: &[&str], typed: &str) -> Said {
    let mut command = racelab(&shop.root, &[&["explore"], arguments].concat());
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("racelab runs");
    child.stdin.take().expect("a pipe").write_all(typed.as_bytes()).expect("it reads");
    said(child.wait_with_output().expect("it ends"))
}

fn write(shop: &Shop, text: &str) {
    fs::write(shop.file("torn-header"), text).expect("the student's file");
}

#[test]
fn what_a_check_shows_is_played_and_shown_again_on_the_students_own_file() {
    let shop = Shop::open();
    let start = find("torn-header").start.text;
    write(&shop, &start);
    let checked = say(&shop.root, &["exercise", "check", "torn-header", "--no-weaken"]);
    let token = checked.stdout.lines().find_map(|line| line.trim().strip_prefix("Once more: "));
    let token = token.unwrap_or_else(|| panic!("no token: {checked:?}"));
    let token = token.strip_prefix("racelab replay ").expect("a command").to_string();
    assert!(token.starts_with("torn-header:"), "{token}");
    let replay = || say(&shop.root, &["replay", &token]);
    let shown = replay();
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.stdout.contains("torn_header.rs:24") && shown.stdout.contains("TORN_READING"));
    let played = plays(&shop, &[], "p\n");
    assert!(played.stdout.contains("=> TORN_READING: that is the goal."), "{played:?}");
    assert!(played.stdout.ends_with(&format!("token {token}\n")), "{played:?}");
    let played = plays(&shop, &["torn-header/broken"], "p\n");
    assert!(played.stdout.contains("=> OUT_OF_BOUNDS"), "the course's own: {played:?}");

    // Other lines, another format.
    let spread = start
        .replace("self.celsius.load(Relaxed)", "self\n\n    .celsius // more\n    .load(Relaxed)");
    assert_ne!(spread, start);
    write(&shop, &spread);
    let again = replay();
    let table = |said: &Said| {
        let line = |line: &str| line.split('|').skip(2).collect::<Vec<_>>().join("|");
        said.stdout.lines().filter(|line| line.contains('|')).map(line).collect::<Vec<_>>()
    };
    assert_eq!((again.code, table(&again)), (Some(0), table(&shown)), "{again:?}");

    // Another operation, one that is missing, and what is no program.
    let second = "self.second.store(second, Relaxed);";
    for (instead, code, says) in [
        ("let _ = self.second.swap(second, Relaxed);", 5, "does something else now"),
        ("let _ = second;", 5, "is not possible"),
        ("self.second.stor(second, Relaxed);", 1, ""),
    ] {
        write(&shop, &start.replace(second, instead));
        let refused = replay();
        assert_eq!(refused.code, Some(code), "{instead}: {refused:?}");
        assert!(refused.stderr.contains(says), "{instead}: {refused:?}");
    }
    write(&shop, &start);
}

#[test]
fn whatever_the_code_does_ends_an_answer_and_not_the_game() {
    let shop = Shop::open();
    let start = find("torn-header").start.text;
    let read = "let second = self.second.load(Relaxed);";
    for (more, typed, says) in [
        ("while second == 1 { std::hint::black_box(0); }", "e2\nd\nd\nd\n", "HANG"),
        ("if second == 1 { std::process::abort() }", "e2\nd\nd\nd\n", "CRASH"),
        ("assert!(second != 1, \"on purpose\");", "e2d2\nE\n", "=> panic"),
    ] {
        write(&shop, &start.replace(read, &format!("{read} {more}")));
        let played = plays(&shop, &["--model", "sc", "--goal", "TORN_READING"], typed);
        assert_eq!(played.code, Some(0), "{more}: {played:?}");
        assert!(played.stdout.contains(says), "{more}: {played:?}");
        assert!(played.stdout.contains("\ntoken torn-header:e2"), "{more}: {played:?}");
        assert!(shop.running().is_empty(), "{more}: {:?}", shop.running());
    }
    write(&shop, &start.replace(read, &format!("{read} drop(std::sync::Mutex::new(1).lock());")));
    let unseen = plays(&shop, &[], "");
    assert!(unseen.code == Some(1) && unseen.stdout.contains("not seen"), "{unseen:?}");
    write(&shop, &start);
}
