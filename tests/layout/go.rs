//! The layouts of Go's maps and locks, in every Go version at hand, and against pahole.

use std::path::{Path, PathBuf};
use std::process::Command;

use racelab_layout::dwarf::search;
use racelab_layout::{TypeLayout, Word};

use crate::build::{run, skip};
use crate::pahole;

/// The toolchains that `tests/layout/fetch-go.sh` fetched, and the one installed.
fn toolchains() -> Vec<PathBuf> {
    let fetched = Path::new(env!("CARGO_TARGET_TMPDIR")).join("go");
    let versions = std::fs::read_dir(fetched).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = versions.map(|entry| entry.path().join("go/bin/go")).collect();
    found.push(PathBuf::from("go"));
    found.retain(|go| run(Command::new(go).arg("version")).is_ok());
    found.sort();
    found
}

/// The sample built by `go`, and the version, as in `go1.23.9`.
fn build(go: &Path) -> Result<(String, PathBuf), String> {
    let version = run(Command::new(go).arg("version"))?;
    let version = version.split(' ').nth(2).unwrap_or("go").to_owned();
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout-samples").join(&version);
    std::fs::create_dir_all(&out).map_err(|error| error.to_string())?;
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/layout/samples/sample.go");
    std::fs::copy(source, out.join("main.go")).map_err(|error| error.to_string())?;
    let binary = out.join("sample");
    let mut command = Command::new(go);
    command.args(["build", "-o"]).arg(&binary).arg("main.go").current_dir(&out);
    command.env("GO111MODULE", "off").env("GOCACHE", out.join("cache")).env("GOPATH", &out);
    run(command.env("CGO_ENABLED", "0").env("GOTOOLCHAIN", "local").env("GOFLAGS", ""))?;
    Ok((version, binary))
}

#[test]
fn go_layouts_are_as_documented_and_agree_with_pahole() {
    let toolchains = toolchains();
    // Set where they have been fetched, as in `.ci/run`: then what is left out is a failure.
    let needed = std::env::var_os("RACELAB_GO").is_some();
    assert!(!toolchains.is_empty() || !needed, "no Go toolchain: tests/layout/fetch-go.sh");
    if toolchains.is_empty() {
        return skip("Go", "no toolchain; tests/layout/fetch-go.sh fetches some");
    }
    for go in toolchains {
        let (version, binary) = match build(&go) {
            Ok(built) => built,
            Err(why) => {
                assert!(!needed, "{}: {why}", go.display());
                skip(&go.display().to_string(), &why);
                continue;
            }
        };
        documented(&version, &binary);
        pahole::compare(&version, &binary);
    }
}

fn minor(version: &str) -> u32 {
    version.split('.').nth(1).and_then(|text| text.parse().ok()).unwrap_or(0)
}

/// `field offset+size` of each field but those of no size.
fn fields(layout: &TypeLayout) -> String {
    let placed = layout.fields.iter().filter(|field| field.size > 0);
    let placed = placed.map(|field| format!("{} {}+{}", field.name, field.offset, field.size));
    placed.collect::<Vec<_>>().join(", ")
}

/// Asserts that what the course says of Go's types is so in this version.
pub(crate) fn documented(version: &str, binary: &Path) {
    let check = |pattern: &str, size: usize, align: usize, expected: &str| {
        let found = search(binary, pattern).unwrap_or_else(|e| panic!("{version} {pattern}: {e}"));
        let [layout] = found.as_slice() else {
            panic!("{version} {pattern}: {} types", found.len())
        };
        assert_eq!((layout.size, layout.align), (size, align), "{version} {pattern}");
        assert_eq!(fields(layout), expected, "{version} {pattern}");
    };
    if minor(version) <= 23 {
        check(
            "runtime.hmap",
            48,
            8,
            "count 0+8, flags 8+1, B 9+1, noverflow 10+2, hash0 12+4, buckets 16+8, \
             oldbuckets 24+8, nevacuate 32+8, extra 40+8",
        );
        check("runtime.mapextra", 24, 8, "overflow 0+8, oldoverflow 8+8, nextOverflow 16+8");
        check("sync.Map", 32, 8, "mu 0+8, read 8+8, dirty 16+8, misses 24+8");
        check("sync.Mutex", 8, 4, "state 0+4, sema 4+4");
    }
    if minor(version) >= 26 {
        check(
            "internal/runtime/maps.Map",
            48,
            8,
            "used 0+8, seed 8+8, dirPtr 16+8, dirLen 24+8, globalDepth 32+1, globalShift 33+1, \
             writing 34+1, tombstonePossible 35+1, clearSeq 40+8",
        );
        check(
            "internal/runtime/maps.table",
            32,
            8,
            "used 0+2, capacity 2+2, growthLeft 4+2, localDepth 6+1, index 8+8, groups 16+16",
        );
        check("sync.Map", 48, 8, "m 0+48");
        check("sync.Mutex", 8, 4, "mu 0+8");
    }
    check("sync/atomic.Value", 16, 8, "v 0+16");
    check(
        "sync.RWMutex",
        24,
        4,
        "w 0+8, writerSem 8+4, readerSem 12+4, readerCount 16+4, readerWait 20+4",
    );
    check(
        "main.SafeMap",
        72,
        8,
        "mu 0+24, m 24+8, hits 32+8, misses 40+8, latest 48+16, closed 64+1, shards 68+4",
    );
    let map = search(binary, "main.SafeMap").expect("just found").remove(0);
    let words: Vec<Word> = map.fields.iter().map(|field| field.word).collect();
    let expected = [
        Word::Lock,
        Word::Plain,
        Word::Atomic,
        Word::Atomic,
        Word::Atomic,
        Word::Plain,
        Word::Plain,
    ];
    assert_eq!(words, expected, "{version}");
}
