//! The Go programs of the lessons, on the Gos that `tests/layout/fetch-go.sh` has fetched: they do
//! what the lessons say.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// One before the maps of Go 1.24, and a current one.
const VERSIONS: [&str; 2] = ["1.23.9", "1.27.3"];

/// The folder of this version of Go, with its commands and its source.
///
/// Without it the caller leaves a part of its test out, and says so; where the variable
/// `RACELAB_GO` is set, as in `.ci/run`, that is a failure.
pub(crate) fn go(version: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go").join(version).join("go");
    let found = folder.join("src").is_dir();
    let needed = std::env::var_os("RACELAB_GO").is_some();
    assert!(found || !needed, "Go {version} is needed: tests/layout/fetch-go.sh {version}");
    if !found {
        eprintln!(
            "SKIPPED: Go {version} is not here; tests/layout/fetch-go.sh {version} fetches it"
        );
    }
    found.then_some(folder)
}

/// Where Go keeps what it builds.
fn built() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("go-programs")
}

/// What the command says, run where the programs are.
fn run(go: &Path, arguments: &[&str]) -> Output {
    let out = built();
    let programs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/go");
    let mut command = Command::new(go.join("bin/go"));
    command.args(arguments).current_dir(programs);
    command.env("GOCACHE", out.join("cache")).env("GOPATH", out.join("path"));
    command.env("GOTOOLCHAIN", "local").env("GOFLAGS", "-mod=mod").env("CGO_ENABLED", "0");
    command.output().expect("go starts")
}

#[test]
fn nil_maps_and_typed_nils_do_what_the_lessons_say() {
    for go in VERSIONS.into_iter().filter_map(go) {
        let output = run(&go, &["test", "-v", "-count=1", "./nil"]);
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
        assert_eq!(said.matches("--- PASS").count(), 8, "{said}");
    }
}

/// A line of the collector's ends in the size of the heap, `36->36->0 MB, ...`: the last is what
/// lives on.
fn lives(line: &str) -> u64 {
    let sizes = line.split(" MB, ").next().and_then(|start| start.rsplit(' ').next());
    let last = sizes.and_then(|sizes| sizes.rsplit("->").next());
    last.and_then(|last| last.parse().ok()).unwrap_or_else(|| panic!("no sizes in {line}"))
}

#[test]
fn the_collector_tells_of_a_map_how_much_lives_and_nothing_else() {
    for go in VERSIONS.into_iter().filter_map(go) {
        // By itself: under `go run` the command is traced as well, in the middle of the program's lines.
        let program = built().join("gctrace.bin");
        let name = program.to_str().expect("a folder of cargo's is text");
        let output = run(&go, &["build", "-o", name, "./gctrace"]);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let output = Command::new(&program).env("GODEBUG", "gctrace=1").output();
        let output = output.expect("a program that was just built");
        let marks = String::from_utf8_lossy(&output.stdout);
        let steps = ["empty: 0", "filled: 1000000", "emptied: 0", "let go: 0"];
        let steps = steps.map(|step| format!("# {step} entries"));
        assert_eq!(marks.lines().collect::<Vec<_>>(), steps);
        let said = String::from_utf8_lossy(&output.stderr);
        let asked = said.lines().filter(|line| line.ends_with("(forced)"));
        let lives: Vec<u64> = asked.map(lives).collect();
        let [_, filled, emptied, gone] = lives[..] else { panic!("not four: {said}") };
        assert!(filled > 16, "a million entries of two words: {said}");
        assert_eq!(emptied, filled, "a map keeps its memory: {said}");
        assert_eq!(gone, 0, "{said}");
        for word in ["0x", "map", "bucket", "hmap"] {
            let of_the_collector = said.lines().filter(|line| line.starts_with("gc "));
            assert!(!of_the_collector.into_iter().any(|line| line.contains(word)), "{said}");
        }
    }
}
