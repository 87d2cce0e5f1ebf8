//! Stopped at any point: nothing that was written or reached is lost.
#![cfg(unix)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use racelab_exercise::progress::{Progress, State};

use crate::signals;

use super::shop::{Shop, document, find, racelab};

/// A workspace in which nothing is built.
fn unbuilt() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().expect("a folder");
    let (_, code) = document(root.path(), &["exercise", "start", "ws", "--no-build"]);
    assert_eq!(code, Some(0));
    let folder = root.path().join("ws");
    (root, folder)
}

fn progress(folder: &Path) -> Progress {
    Progress::read(&folder.join("progress.txt")).expect("it can be read")
}

#[test]
fn killed_while_it_writes() {
    let (_root, folder) = unbuilt();
    let file = folder.join("progress.txt");
    let solved = Progress::update(&file, |progress| {
        progress.entry("torn-header").state = State::Solved;
        progress.entry("torn-header").tries = 7;
    });
    solved.expect("it can be written");
    let mut hints = 0;
    let began = Instant::now();
    let whole = {
        let run = Instant::now();
        let (_, code) = document(&folder, &["exercise", "hint", "torn-header"]);
        assert_eq!(code, Some(0));
        run.elapsed()
    };
    // Over the whole of such a run, and beyond its end.
    for step in 0..60 {
        let mut hint = racelab(&folder, &["exercise", "hint", "false-sharing"]);
        let mut hint = hint.stdout(Stdio::null()).spawn().expect("racelab runs");
        std::thread::sleep(whole * step / 50);
        hint.kill().expect("kill -9");
        hint.wait().expect("it ends");
        let now = progress(&folder);
        let entry = now.get("torn-header").expect("what was there is there");
        assert_eq!((entry.state, entry.tries, entry.hints), (State::Solved, 7, 1));
        let here = now.get("false-sharing").map_or(0, |entry| entry.hints);
        assert!(here >= hints && here <= 3, "{here} after {hints}");
        hints = here;
    }
    assert!(hints > 0, "some of them came to their end ({:?})", began.elapsed());
}

#[test]
fn no_room_on_the_disk() {
    let (_root, folder) = unbuilt();
    document(&folder, &["exercise", "hint"]);
    let before = fs::read_to_string(folder.join("progress.txt")).expect("progress");
    let mut shell = std::process::Command::new("sh");
    // No file may grow: as on a full disk, every write fails.
    let line =
        format!("trap '' XFSZ; ulimit -f 0; exec {} exercise hint", env!("CARGO_BIN_EXE_racelab"));
    let output = shell.args(["-c", &line]).current_dir(&folder).output().expect("a shell");
    let said = super::shop::said(output);
    assert_eq!(said.code, Some(4), "{said:?}");
    assert!(said.stderr.contains("cannot save your progress"), "{said:?}");
    let after = fs::read_to_string(folder.join("progress.txt")).expect("progress");
    assert_eq!(after, before);
    // And the same with a copy that cannot be kept: then nothing is reset.
    let file = folder.join("exercises/torn_header.rs");
    fs::write(&file, "// mine\n").expect("the student's file");
    let line = line.replace("hint", "reset");
    let mut shell = std::process::Command::new("sh");
    let output = shell.args(["-c", &line]).current_dir(&folder).output().expect("a shell");
    assert_eq!(output.status.code(), Some(4), "{output:?}");
    assert_eq!(fs::read_to_string(&file).expect("the student's file"), "// mine\n");
}

#[test]
fn interrupted_while_it_checks() {
    let shop = Shop::open();
    let text = find("torn-header").start.text.replace(
        "let celsius = self.celsius.load(Relaxed);",
        "let celsius = self.celsius.load(Relaxed);\n        loop {}\n        #[allow(unreachable_code)]",
    );
    fs::write(shop.file("torn-header"), &text).expect("the student's file");
    let mut check = racelab(&shop.root, &["exercise", "check", "torn-header"]);
    signals::defaults(&mut check);
    let mut check = check.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it runs");
    let deadline = Instant::now() + Duration::from_secs(60);
    while shop.running().is_empty() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!shop.running().is_empty() || !cfg!(target_os = "linux"), "the exercise never ran");
    let pid = libc::pid_t::try_from(check.id()).expect("a process");
    // Safety: a signal to a process that was started here and has not been waited for.
    unsafe { libc::kill(pid, libc::SIGINT) };
    let status = check.wait().expect("it ends");
    let signal = std::os::unix::process::ExitStatusExt::signal(&status);
    assert!(status.code() == Some(130) || signal == Some(libc::SIGINT), "{status:?}");
    let deadline = Instant::now() + Duration::from_secs(10);
    while !shop.running().is_empty() && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(shop.running(), Vec::<PathBuf>::new());
    assert_eq!(fs::read_to_string(shop.file("torn-header")).expect("the student's file"), text);
}

/// What was begun goes with whoever is interrupted: no folder is left, and no process.
#[test]
fn interrupted_at_any_moment() {
    for (turn, signal) in [libc::SIGINT, libc::SIGTERM, libc::SIGHUP, libc::SIGQUIT, libc::SIGINT]
        .into_iter()
        .enumerate()
    {
        let folder = tempfile::tempdir().expect("a folder");
        let mut check = racelab(folder.path(), &["check", "--all"]);
        check.env("TMPDIR", folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
        signals::defaults(&mut check);
        let mut check = check.spawn().expect("racelab runs");
        std::thread::sleep(Duration::from_millis(150 + 170 * turn as u64));
        let pid = libc::pid_t::try_from(check.id()).expect("a process");
        // Safety: a signal to a process that was started here and has not been waited for.
        unsafe { libc::kill(pid, signal) };
        let status = check.wait().expect("it ends");
        let by = std::os::unix::process::ExitStatusExt::signal(&status);
        assert_eq!(by, Some(signal), "{status:?}");
        let left: Vec<PathBuf> = fs::read_dir(folder.path())
            .expect("a folder")
            .flatten()
            .map(|entry| entry.path())
            .collect();
        assert_eq!(left, Vec::<PathBuf>::new(), "signal {signal}");
    }
}

/// No room for temporary files is no fault of the code that is checked.
#[test]
fn there_is_no_folder_for_temporary_files() {
    let (_root, folder) = unbuilt();
    for arguments in [&["check", "torn-header"][..], &["check", "torn-header", "--weaken"]] {
        let mut command = racelab(&folder, arguments);
        let output = command.env("TMPDIR", folder.join("not-there")).output().expect("it runs");
        let said = super::shop::said(output);
        assert_eq!(said.code, Some(4), "{arguments:?}: {said:?}");
        assert!(said.stderr.contains("temporary folder"), "{said:?}");
        assert!(!said.stdout.contains("CRASH") && !said.stdout.contains("needed"), "{said:?}");
    }
}

/// Nobody can read what is said: the exit code is as it always is.
#[cfg(target_os = "linux")]
#[test]
fn stderr_is_full() {
    let root = tempfile::tempdir().expect("a folder");
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").expect("/dev/full");
    for (arguments, code) in
        [(&["exercise", "list"][..], 2), (&["replay", "nothing"], 2), (&["list"], 0)]
    {
        let status = racelab(root.path(), arguments).stderr(full()).stdout(Stdio::null()).status();
        assert_eq!(status.expect("it runs").code(), Some(code), "{arguments:?}");
    }
}
