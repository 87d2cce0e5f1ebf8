//! What marking takes: a table of one machine, made by hand.
//!
//! `cargo test --test cli what_marking_takes -- --ignored --nocapture` prints it. `OTHER` names the
//! folder of another racelab's sources in which it was built (`target/debug/racelab`): then each
//! answer is marked by both in turn, and the ratio told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::Value;

use super::shop::{Shop, course};

/// So often each answer is marked after an edit.
const ROUNDS: usize = 3;

/// Another racelab, with a workspace of its own.
struct Other {
    sources: PathBuf,
    folder: tempfile::TempDir,
}

impl Other {
    fn open() -> Option<Other> {
        let sources = PathBuf::from(std::env::var_os("OTHER")?);
        let other = Other { sources, folder: tempfile::tempdir().expect("a folder") };
        other.run(other.folder.path(), &["exercise", "start", "ws"]);
        Some(other)
    }

    fn run(&self, folder: &Path, arguments: &[&str]) -> Value {
        let mut command = Command::new(self.sources.join("target/debug/racelab"));
        let command = command.current_dir(folder).args(arguments).arg("--json");
        let output = command.env("CARGO_NET_OFFLINE", "true").output().expect("it runs");
        serde_json::from_slice(&output.stdout).unwrap_or_default()
    }

    /// Marks its own answer after an edit; how long that took in seconds, if it is solved.
    fn check(&self, stem: &str, edit: &str) -> Option<f64> {
        let answer = self.sources.join(format!("demos/{stem}/answer.rs"));
        let text = fs::read_to_string(answer).ok()? + edit;
        let folder = self.folder.path().join("ws");
        fs::write(folder.join(format!("exercises/{stem}.rs")), text).expect("a file");
        let began = Instant::now();
        let document = self.run(&folder, &["exercise", "check", &stem.replace('_', "-")]);
        let took = began.elapsed().as_secs_f64();
        (document["exercises"][0]["result"] == "solved").then_some(took)
    }
}

fn median(mut all: Vec<f64>) -> f64 {
    all.sort_by(f64::total_cmp);
    all[all.len() / 2]
}

/// The sum of a column over some rows.
fn sum(rows: &Value, key: &str) -> f64 {
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().filter_map(|row| row[key].as_f64()).sum()
}

#[test]
#[ignore = "measures: minutes, and only a quiet machine says anything"]
fn what_marking_takes() {
    let shop = Shop::open();
    let other = Other::open();
    println!(
        "| exercise | executions | s | scenarios | their executions | s | after an edit, s | ratio |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    let (mut all, mut ratios) = (Vec::new(), Vec::new());
    for exercise in course() {
        let stem = exercise.stem();
        let (mut mine, mut theirs, mut row) = (Vec::new(), Vec::new(), Value::Null);
        for round in 0..ROUNDS {
            let edit = format!("// {round}\n");
            let checked = shop.check(&exercise.name, &(exercise.answer.text.clone() + &edit));
            checked.passes();
            mine.push(checked.took.as_secs_f64());
            theirs.extend(other.as_ref().and_then(|other| other.check(&stem, &edit)));
            row = checked.row;
        }
        let took = median(mine);
        let ratio = (!theirs.is_empty()).then(|| took / median(theirs));
        println!(
            "| {} | {} | {:.2} | {} | {} | {:.2} | {took:.1} | {} |",
            exercise.name,
            sum(&row["reports"], "executions"),
            sum(&row["reports"], "seconds"),
            sum(&row["specified"], "scenarios"),
            sum(&row["specified"], "executions"),
            sum(&row["specified"], "seconds"),
            ratio.map_or(String::new(), |ratio| format!("{ratio:.2}")),
        );
        all.push(took);
        ratios.extend(ratio);
    }
    println!("\nAfter an edit: median {:.1} s", median(all));
    if !ratios.is_empty() {
        println!("Beside the other: median {:.2}", median(ratios));
    }
}
