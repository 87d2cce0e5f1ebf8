//! A benchmark that is broken off keeps what it has, and is taken up again.

#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;

const ARGUMENTS: [&str; 8] =
    ["bench", "--quick", "--keys", "100", "--threads", "1", "--maps", "safe-map,papaya"];

fn start(file: &Path, more: &[&str]) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_racelab"));
    command.args(ARGUMENTS).arg("--keep").arg(file).args(more);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("racelab runs")
}

fn kept(file: &Path) -> Option<Value> {
    serde_json::from_str(&std::fs::read_to_string(file).ok()?).ok()
}

fn cells(document: &Value) -> &Vec<Value> {
    document["cells"].as_array().expect("cells")
}

#[test]
fn what_was_measured_stays_and_is_not_measured_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("figures.json");
    let child = start(&file, &["--json"]);
    let deadline = Instant::now() + Duration::from_secs(60);
    while kept(&file).is_none_or(|document| cells(&document).is_empty()) {
        assert!(Instant::now() < deadline, "no cell was measured in a minute");
        sleep(Duration::from_millis(5));
    }
    let signal = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(signal.is_ok_and(|status| status.success()));
    let output = child.wait_with_output().expect("racelab ends");
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    let shown: Value = serde_json::from_slice(&output.stdout).expect("a document");
    let before = kept(&file).expect("a document");
    assert_eq!((&shown, before["complete"].as_bool()), (&before, Some(false)));
    let first = cells(&before).len();
    assert!((1..5).contains(&first), "{first} of 5 cells");

    // What does not fit is refused, and nothing is lost.
    let output = start(&file, &["--rounds", "7"]).wait_with_output().expect("racelab ends");
    assert_eq!(output.status.code(), Some(5));
    assert!(String::from_utf8_lossy(&output.stderr).contains("another plan"));
    assert_eq!(kept(&file).as_ref(), Some(&before));

    let output = start(&file, &[]).wait_with_output().expect("racelab ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let after = kept(&file).expect("a document");
    assert_eq!((cells(&after).len(), after["complete"].as_bool()), (5, Some(true)));
    let rounds = |document: &Value| {
        cells(document)[..first].iter().map(|cell| cell["rounds"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(rounds(&before), rounds(&after));
    assert_eq!(before["memory"], after["memory"]);

    // Which map to take, from the same file.
    let output = Command::new(env!("CARGO_BIN_EXE_racelab"))
        .args(["bench", "--json", "--tree"])
        .arg(&file)
        .output()
        .expect("racelab runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let tree: Value = serde_json::from_slice(&output.stdout).expect("a document");
    let schema = include_str!("../../book/src/schema.json");
    let schema: Value = serde_json::from_str(schema).expect("a schema");
    assert_eq!(crate::schema::wrong(&schema, &tree), Vec::<String>::new());
    assert!(tree["tree"].is_object(), "{tree}");
}

/// For each cell of ten thousand numbers of a whole run: what is advised for its load now, and what
/// of the best map's throughput it had in that run. Figures, which nothing here judges:
/// `RACELAB=target/release/racelab RACELAB_FIGURES=figures.json cargo test --test cli what_is_advised
/// -- --ignored --nocapture`.
#[test]
#[ignore = "figures: takes minutes, on a quiet machine, after a run of half an hour"]
fn what_is_advised() {
    let named = |name: &str| std::env::var(name).unwrap_or_else(|_| panic!("{name} names a file"));
    let (racelab, figures) = (named("RACELAB"), named("RACELAB_FIGURES"));
    let figures = kept(Path::new(&figures)).expect("what `racelab bench --keep` has written");
    println!("| threads | mix | advised | of the best | the best | as good, advised |");
    println!("|---|---|---|---|---|---|");
    let mut lowest = f64::INFINITY;
    for cell in cells(&figures) {
        let is_asked = cell["keys"] == 10_000
            && cell["key"] == "u64"
            && cell["spread"] == "uniform"
            && cell["threads"].as_u64().is_some_and(|threads| threads <= 2);
        let table = cell["tables"].as_array().expect("tables").iter();
        let Some(table) = table.max_by_key(|table| table["rounds"].as_u64()).filter(|_| is_asked)
        else {
            continue;
        };
        let rows: Vec<(&str, f64)> = (table["rows"].as_array().expect("rows").iter())
            .map(|row| (row["map"].as_str(), row["ratio"]["median"].as_f64()))
            .map(|(map, ratio)| (map.expect("a map"), ratio.expect("a ratio")))
            // A twin is no answer, and Go's maps are none for a program in Rust.
            .filter(|(map, _)| !map.ends_with("-twin") && !map.starts_with("go-"))
            .collect();
        let (mix, threads) = (cell["mix"].as_str().expect("a mix"), cell["threads"].to_string());
        let (reads, writes) = mix.split_once('/').expect("reads and writes");
        let load = ["--reads", reads, "--writes", writes, "--threads", &threads];
        let command = ["bench", "--advise", "--keys", "10000", "--json"];
        let output = Command::new(&racelab).args(command).args(load).output().expect("it runs");
        let said: Value = serde_json::from_slice(&output.stdout).expect("a document");
        let advice = &said["advice"];
        let Some(taken) = advice["take"].as_str() else {
            println!("| {threads} | {mix} | none: no round could be read | | | |");
            continue;
        };
        let best = rows.iter().max_by(|a, b| a.1.total_cmp(&b.1)).expect("maps");
        let had = rows.iter().find(|(map, _)| *map == taken).expect("a map of the run").1;
        lowest = lowest.min(had / best.1);
        let of_best = had / best.1;
        println!(
            "| {threads} | {mix} | {taken} | {of_best:.2} | {} | {} |",
            best.0, advice["as_good"]
        );
    }
    println!("the lowest: {lowest:.2}");
    assert!(lowest.is_finite(), "the run has no cell of ten thousand numbers");
}
