//! Some 230 answers, right and wrong: no wrong one is solved, and no right one refused.
//!
//! `answers/expected.tsv` says what each must come to, and `answers/NAME.edits` how each is made of
//! its start.

use std::collections::HashMap;

use racelab_exercise::Exercise;

use super::shop::{Shop, course, find};

const EXPECTED: &str = include_str!("../answers/expected.tsv");

/// What an answer must come to.
struct Expected {
    exercise: String,
    answer: String,
    result: String,
    why: String,
}

/// The rows of the table.
fn expected() -> Vec<Expected> {
    let row = |line: &str| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [name, result, why] = columns[..] else { panic!("three columns: {line}") };
        let (exercise, answer) = name.split_once('/').expect("EXERCISE/ANSWER");
        assert!(["solved", "refused", "undecided"].contains(&result), "{line}");
        assert!(!why.trim().is_empty(), "{line}");
        let [exercise, answer] = [exercise, answer].map(str::to_string);
        Expected { exercise, answer, result: result.to_string(), why: why.to_string() }
    };
    EXPECTED.lines().skip(1).map(row).collect()
}

/// The text of each answer to an exercise, by its name.
fn answers(exercise: &Exercise) -> HashMap<String, String> {
    let file = format!("tests/cli/answers/{}.edits", exercise.stem());
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let text = std::fs::read_to_string(&file).unwrap_or_else(|why| panic!("{file:?}: {why}"));
    let mut answers = HashMap::new();
    for answer in text.split("\n## ").skip(1) {
        let (name, edits) = answer.split_once('\n').expect("a name in a line of its own");
        let text = edited(&exercise.start.text, edits);
        assert!(answers.insert(name.to_string(), text).is_none(), "{name} is there twice");
    }
    answers
}

/// A start with edits: `<<<<<<<`, the lines that are there once, `=======`, the lines for them,
/// `>>>>>>>`. Without lines of the start the whole text is another one.
fn edited(start: &str, edits: &str) -> String {
    let mut text = String::new();
    let mut rest = start;
    for edit in edits.split("<<<<<<<\n").skip(1) {
        let (edit, _) = edit.split_once(">>>>>>>").expect("an end");
        let (old, new) = match edit.strip_prefix("=======\n") {
            Some(whole) => return whole.to_string(),
            None => edit.split_once("\n=======\n").expect("a middle"),
        };
        assert_eq!(start.matches(old).count(), 1, "this is there once:\n{old}");
        let (before, after) = rest.split_once(old).expect("edits in the order of the text");
        text += before;
        text += new.trim_end_matches('\n');
        rest = after;
    }
    text + rest
}

#[test]
fn the_table_and_the_edits_are_of_the_same_answers() {
    let rows = expected();
    for exercise in course() {
        let mut texts = answers(&exercise);
        let mine = || rows.iter().filter(|row| row.exercise == exercise.name);
        for row in mine() {
            let text = texts.remove(&row.answer);
            let text =
                text.unwrap_or_else(|| panic!("{}/{} has no edits", row.exercise, row.answer));
            assert_ne!(text, exercise.start.text, "{}/{}", row.exercise, row.answer);
        }
        assert!(texts.is_empty(), "{}: {:?} are not in the table", exercise.name, texts.keys());
        let right = mine().filter(|row| row.result == "solved").count();
        assert!(right > 1, "{}: {right} right answers", exercise.name);
    }
    let unknown = |row: &&Expected| course().iter().all(|exercise| exercise.name != row.exercise);
    assert!(rows.iter().find(unknown).is_none());
}

/// What is refused by its text is told before anything is built, and no right answer is.
#[test]
fn nothing_that_a_right_answer_says_is_refused() {
    let rows = expected();
    let mut read = 0;
    for exercise in course() {
        let texts = answers(&exercise);
        for row in rows.iter().filter(|row| row.exercise == exercise.name && row.result == "solved")
        {
            let found = racelab::sight::in_answer("answer.rs", &texts[&row.answer]);
            assert!(found.is_empty(), "{}/{}: {found:#?}", row.exercise, row.answer);
            read += 1;
        }
    }
    assert!(read > 70, "{read} right answers");
}

/// Each answer is marked as a student's is. It takes minutes: `cargo test --test cli answers --
/// --ignored`; `ANSWERS=torn-header/ptr` marks those whose names have that in them.
#[test]
#[ignore = "marks some 230 answers, a second or two each"]
fn no_wrong_answer_is_solved_and_no_right_one_refused() {
    let shop = Shop::open();
    let only = std::env::var("ANSWERS").unwrap_or_default();
    let mut texts: HashMap<String, HashMap<String, String>> = HashMap::new();
    let mut wrong = Vec::new();
    let asked = |row: &&Expected| format!("{}/{}", row.exercise, row.answer).contains(&only);
    for row in expected().iter().filter(asked) {
        let of = texts.entry(row.exercise.clone());
        let text = &of.or_insert_with(|| answers(&find(&row.exercise)))[&row.answer];
        let checked = shop.check(&row.exercise, text);
        let result = match checked.row["result"].as_str() {
            Some("solved") => "solved",
            Some("undecided") => "undecided",
            _ => "refused",
        };
        let name = format!("{}/{}", row.exercise, row.answer);
        println!("{name}: {result}, {:.1} s", checked.took.as_secs_f64());
        if result != row.result {
            let failed = checked.failed().join("; ");
            wrong.push(format!("{name}: {result}, not {}: {}; {failed}", row.result, row.why));
        }
    }
    assert!(wrong.is_empty(), "{} of the table:\n{}", wrong.len(), wrong.join("\n"));
}
