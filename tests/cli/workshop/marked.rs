//! What is marked is what was in the file: whatever its time, and whoever else builds meanwhile.

use std::fs::{self, File};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use racelab::explore::Engines;
use racelab_exercise::Workspace;
use racelab_exercise::found::{self, Plan};
use racelab_exercise::program;

use super::shop::{Shop, document, find, parse, racelab, said, target};

/// A file that comes with its time, as `cp -p`, `tar` and `unzip` write it.
#[test]
fn an_older_file_is_another_text_all_the_same() {
    let shop = Shop::open();
    let exercise = find("torn-header");
    shop.check("torn-header", &exercise.answer.text).passes();
    let file = shop.file("torn-header");
    fs::write(&file, &exercise.start.text).expect("the student's file");
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let open = File::options().write(true).open(&file).expect("the student's file");
    open.set_modified(long_ago).expect("its time");
    let (checked, code) = shop.document(&["check", "torn-header"]);
    assert_eq!(code, Some(1), "{checked}");
    assert_eq!(checked["exercises"][0]["result"], "unsolved");
}

/// Two students, one target folder, at once: each has the verdict on their own file.
#[test]
fn a_neighbour_has_a_verdict_of_their_own() {
    let shop = Shop::open();
    let exercise = find("torn-header");
    let beside = tempfile::tempdir().expect("a folder");
    document(beside.path(), &["exercise", "start", "ws", "--no-build"]);
    let neighbour = beside.path().join("ws");
    let file = |root: &PathBuf| root.join("exercises/torn_header.rs");
    for round in 0..3 {
        // Each is another text each time, so that both are built.
        let text = |text: &str| format!("{text}\n// Round {round}.\n");
        fs::write(file(&shop.root), text(&exercise.start.text)).expect("a file");
        fs::write(file(&neighbour), text(&exercise.answer.text)).expect("a file");
        let check = |root: &PathBuf| {
            let mut command = racelab(root, &["exercise", "check", "torn-header", "--json"]);
            command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
            command.spawn().expect("racelab runs")
        };
        let both = [check(&shop.root), check(&neighbour)];
        let both = both.map(|child| said(child.wait_with_output().expect("it ends")));
        let result = |index: usize| {
            let document = parse(&both[index].stdout).unwrap_or_else(|| panic!("{both:?}"));
            document["exercises"][0]["result"].clone()
        };
        assert_eq!((result(0), result(1)), ("unsolved".into(), "solved".into()), "{both:?}");
    }
}

/// A file that is edited while it is checked, and a second check in one workspace: what was built of
/// the first text stays what it was.
#[test]
fn a_program_stays_what_it_was_built_of() {
    let shop = Shop::open();
    let exercise = find("torn-header");
    let workspace = Workspace::find(&shop.root).unwrap_or_else(|why| panic!("{why:?}"));
    let build = |text: &str| {
        let built = program::of_answer(&workspace, &exercise, text.as_bytes(), false, &|_| {});
        built.unwrap_or_else(|why| panic!("{why:?}"))
    };
    let config = shop.root.join(".cargo/config.toml");
    fs::create_dir_all(config.parent().expect("it has one")).expect("a folder");
    fs::write(&config, format!("[build]\ntarget-dir = {:?}\n", target())).expect("a file");
    let wrong = build(&exercise.start.text);
    let right = build(&exercise.answer.text);
    fs::remove_file(config).expect("it");
    let plan = Plan::of(exercise.engines(&Engines::standard()));
    let solved = |program: &program::Program| {
        let found = found::in_program(&program.path, "torn-header", &plan, &());
        found.expect("a child").solved()
    };
    assert!(!solved(&wrong) && solved(&right));
    let (first, second) = (wrong.path.clone(), right.path.clone());
    assert_ne!(first, second);
    drop((wrong, right));
    assert!(!first.exists() && !second.exists(), "programs are left behind");
}

/// Whatever is compiled where: what a student reads is about their own file.
#[test]
fn every_path_is_the_students_own() {
    let shop = Shop::open();
    let start = find("torn-header").start.text;
    let mistakes = [
        start.replace("(celsius, second)\n", "(celsius, second as u64)\n"),
        start.replace("AtomicU32::new(celsius)", "AtomicU32::new(missing!(celsius))"),
        start.replace("celsius: sensor -> display, ", ""),
        start.replace("let celsius = self", "panic!(\"here\"); let celsius = self"),
        start,
    ];
    for text in mistakes {
        fs::write(shop.file("torn-header"), &text).expect("the student's file");
        let said = shop.say(&["check", "torn-header"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        let all = said.stdout + &said.stderr;
        assert!(all.contains("torn_header.rs:"), "{all}");
        for hidden in ["marked", ".racelab/main"] {
            assert!(!all.contains(hidden), "{hidden} is shown:\n{all}");
        }
    }
}

#[test]
fn what_is_racelabs_own_is_as_it_was_again() {
    let shop = Shop::open();
    // None of these is compiled, so that nothing is built anew.
    let files = [".racelab/library/README.md", ".racelab/library/LICENSE-MIT"];
    let before = files.map(|file| fs::read_to_string(shop.root.join(file)).expect(file));
    for file in files {
        fs::write(shop.root.join(file), "of my own").expect(file);
    }
    let said = shop.say(&["check", "torn-header"]);
    for (file, before) in files.iter().zip(before) {
        assert!(said.stderr.contains(&format!("{file} was changed")), "{said:?}");
        assert_eq!(fs::read_to_string(shop.root.join(file)).expect(file), before);
    }
    assert!(!shop.say(&["check", "torn-header"]).stderr.contains("was changed"));
}
