//! From the first exercise to the last: it starts wrong, there is a hint, the answer passes, and
//! the next one follows.

use std::fs;

use racelab_exercise::mark::Mark;
use racelab_exercise::pack::Exercise;

use super::shop::{Shop, course, document, find, racelab};

/// What a check must say of a solution with this mark.
fn words(mark: &Mark) -> String {
    match mark {
        Mark::Solved => "SOLVED".to_string(),
        Mark::FailsCase(word) | Mark::Reaches(word) | Mark::NeverReaches(word) => word.clone(),
        Mark::Blocks(actor) => format!("{actor} MAY WAIT"),
        Mark::Uses => "USES what".to_string(),
        Mark::FailsSpecification => "NOT LINEARIZABLE".to_string(),
        Mark::Exceeds(actor) => format!("{actor} NEEDS"),
        Mark::Fails(kind) => kind.words().to_uppercase(),
    }
}

#[test]
fn the_first_exercises_from_start_to_next() {
    walk(&Shop::open(), 3);
}

/// What each solution is worth is tested without a build of its own in `exercises.rs`.
#[test]
#[ignore = "two builds an exercise: `.ci/run --release` asks for it"]
fn every_exercise_from_start_to_next() {
    let shop = Shop::open();
    let all = course();
    walk(&shop, all.len());
    let said = shop.say(&["next"]);
    let end = format!("{0} of {0} solved: nothing is left", all.len());
    assert!(said.stdout.contains(&end), "{}", said.stdout);
    let (status, _) = shop.document(&["status"]);
    for row in status["exercises"].as_array().expect("exercises") {
        assert_eq!(
            (&row["state"], &row["tries"], &row["hints"]),
            (&"solved".into(), &1.into(), &1.into())
        );
        assert!(row["solved"].as_u64() >= row["first"].as_u64());
    }
}

/// Solves the first exercises, so many.
fn walk(shop: &Shop, count: usize) {
    let (first, code) = shop.document(&["next"]);
    assert_eq!(code, Some(0));
    let all = course();
    assert_eq!(first["here"], all[0].name);
    for (index, exercise) in all.iter().take(count).enumerate() {
        one(shop, exercise);
        let (next, code) = shop.document(&["next"]);
        assert_eq!(code, Some(0));
        if let Some(following) = all.get(index + 1) {
            assert_eq!(next["here"], following.name);
        }
    }
}

fn one(shop: &Shop, exercise: &Exercise) {
    let start = fs::read_to_string(shop.file(&exercise.name)).expect("it is there");
    assert_eq!(start, exercise.start.text, "{}", exercise.name);
    let checked = shop.check(&exercise.name, &start);
    checked.fails_with(&[&words(&exercise.start.mark)]);
    let (hint, code) = shop.document(&["hint"]);
    assert_eq!((code, &hint["hints"][0]), (Some(0), &exercise.hints[0].as_str().into()));
    assert!(hint["hints"][1].is_null(), "{hint}");
    let answered = shop.check(&exercise.name, &exercise.answer.text);
    answered.passes();
    println!(
        "{}: {:.1} s, then {:.1} s",
        exercise.name,
        checked.took.as_secs_f64(),
        answered.took.as_secs_f64()
    );
}

/// As the stages name it: each thing that a wrong answer can be wrong in.
#[test]
fn wrong_answers_are_named_by_what_is_wrong_with_them() {
    let shop = Shop::open();
    let wrong = |name: &str, file: &str| {
        let exercise = find(name);
        let wrong = exercise.wrong.iter().find(|known| known.file == file);
        shop.check(name, &wrong.expect("it is in the pack").text)
    };
    let lock = wrong("torn-header", "wrong/lock.rs");
    lock.fails_with(&[
        "still concurrent: display MAY WAIT, and must not: it takes a lock at torn_header.rs:",
    ]);
    wrong("migration-window", "wrong/never_cleared.rs")
        .fails_with(&["single thread: FAILS 'a job that was started no longer waits'"]);
    wrong("false-sharing", "wrong/padded_tail.rs")
        .fails_with(&["layout: FAILS 'head shares no cache line with slots'"]);
    let relaxed = wrong("migration-window", "wrong/relaxed.rs");
    relaxed.fails_with(&["model-checked: loom: FORBIDDEN OUTCOME", "NOWHERE"]);
    let reports = relaxed.row["reports"].as_array().expect("reports");
    let steps = reports.iter().find_map(|report| report["failure"]["steps"].as_array());
    let steps = steps.expect("steps");
    assert!(steps.iter().all(|step| step["file"] == "migration_window.rs"), "{steps:?}");
    assert!(steps.iter().all(|step| step["source"] != ""), "{steps:?}");
    // A display that shows the same for ever never tears, and does nothing that a checker sees.
    let still = find("torn-header").answer.text.replace(
        "let reading = self.reading.load(Relaxed);",
        "let reading = if size_of::<AtomicU64>() > 8 { word(20, 0) } else { self.reading.load(Relaxed) };",
    );
    shop.check("torn-header", &still)
        .fails_with(&["seen by checkers: display announces no operation"]);
}

#[test]
fn the_judge_is_not_the_students() {
    let shop = Shop::open();
    let judge = shop.root.join(".racelab/judge/torn_header_race.rs");
    let text = fs::read_to_string(&judge).expect("the judge");
    fs::write(&judge, text.replace("TORN_READING: Forbidden", "TORN_READING: Allowed"))
        .expect("the judge");
    let said = shop.say(&["check", "torn-header"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.stderr.contains(".racelab/judge/torn_header_race.rs was changed"), "{said:?}");
    assert_eq!(fs::read_to_string(&judge).expect("the judge"), text);
}

#[test]
fn a_save_is_checked_again() {
    use std::io::{BufRead, BufReader};
    let shop = Shop::open();
    let exercise = find("torn-header");
    let mut watch = racelab(&shop.root, &["exercise", "watch", "torn-header", "--json"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("racelab runs");
    let mut lines = BufReader::new(watch.stdout.take().expect("a pipe")).lines();
    let mut next = || {
        let line = lines.next().expect("a document").expect("text");
        super::shop::parse(&line).expect("a document")["exercises"][0]["result"].clone()
    };
    assert_eq!(next(), "unsolved");
    fs::write(shop.file("torn-header"), exercise.answer.text).expect("the student's file");
    assert_eq!(next(), "solved");
    watch.kill().expect("it runs");
    watch.wait().expect("it ends");
}

#[test]
fn hints_resets_and_answers() {
    let root = tempfile::tempdir().expect("a folder");
    let (_, code) = document(root.path(), &["exercise", "start", "ws", "--no-build"]);
    assert_eq!(code, Some(0));
    let folder = root.path().join("ws");
    let exercise = find("torn-header");
    for level in [1, 2, 3, 3] {
        let (hint, _) = document(&folder, &["exercise", "hint"]);
        assert_eq!(hint["hints"].as_array().map(Vec::len), Some(level));
    }
    let said = super::shop::say(&folder, &["exercise", "solution"]);
    assert_eq!(said.code, Some(1));
    assert!(said.stderr.contains("--give-up"), "{said:?}");
    let (answer, code) = document(&folder, &["exercise", "solution", "--give-up"]);
    assert_eq!((code, &answer["source"]), (Some(0), &exercise.answer.text.as_str().into()));
    let (status, _) = document(&folder, &["exercise", "status"]);
    assert_eq!(status["exercises"][0]["gave_up"], true);

    let file = folder.join("exercises/torn_header.rs");
    let (reset, _) = document(&folder, &["exercise", "reset"]);
    assert!(reset["copy"].is_null(), "nothing was edited: {reset}");
    for number in 1..=3 {
        let mine = format!("// my work, try {number}\n");
        fs::write(&file, &mine).expect("the student's file");
        let (reset, _) = document(&folder, &["exercise", "reset"]);
        let copy = folder.join(reset["copy"].as_str().expect("a copy"));
        assert_eq!(fs::read_to_string(copy).expect("the copy"), mine);
        assert_eq!(fs::read_to_string(&file).expect("the start"), exercise.start.text);
    }
    // A new start touches nothing that was edited, and writes what is not there.
    fs::write(&file, "// mine\n").expect("the student's file");
    fs::remove_file(folder.join("exercises/false_sharing.rs")).expect("it was there");
    let (started, code) =
        document(&folder, &["exercise", "start", folder.to_str().expect("text"), "--no-build"]);
    assert_eq!((code, &started["new"]), (Some(0), &vec!["false-sharing"].into()));
    assert_eq!(fs::read_to_string(&file).expect("the student's file"), "// mine\n");
}

/// The library's source and lock file travel in the binary, wherever it is moved to.
#[test]
fn a_moved_binary_writes_the_same_workspace() {
    let root = tempfile::tempdir().expect("a folder");
    let moved = root.path().join("elsewhere");
    fs::copy(env!("CARGO_BIN_EXE_racelab"), &moved).expect("a copy");
    let status = std::process::Command::new(&moved)
        .args(["exercise", "start", "ws", "--no-build", "--json"])
        .current_dir(root.path())
        .stdout(std::process::Stdio::null())
        .status();
    assert!(status.expect("it runs").success());
    let here = |file: &str| fs::read_to_string(root.path().join("ws").join(file)).expect("a file");
    let source = |file: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        fs::read_to_string(path).expect("a file")
    };
    for file in ["lib.rs", "trial.rs", "rt/context.rs"] {
        let written = here(&format!(".racelab/library/{file}"));
        assert_eq!(written, source(&format!("src/lab/{file}")), "{file}");
    }
    assert_eq!(here("Cargo.lock"), source("Cargo.lock"));
}
