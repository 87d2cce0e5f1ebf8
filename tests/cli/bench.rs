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
