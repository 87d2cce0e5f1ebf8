//! Reads std's own source: which items are stable in 1.91, and whether each is accounted for.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::{left_out, probes};

/// The version that this crate is for, as in `Cargo.toml`: what is newer needs no word.
const VERSION: [u32; 3] = [1, 91, 0];

/// The files and folders of std that are looked into. Tests of its own are passed over.
const PLACES: [&str; 11] = [
    "core/src/sync/atomic.rs",
    "core/src/cell.rs",
    "std/src/sync/poison/mutex.rs",
    "std/src/sync/poison/rwlock.rs",
    "std/src/sync/poison/condvar.rs",
    "std/src/thread",
    "std/src/sync/poison/once.rs",
    "std/src/sync/once_lock.rs",
    "std/src/sync/lazy_lock.rs",
    "std/src/sync/barrier.rs",
    "std/src/sync/mpsc.rs",
];

/// Where the sources of the standard library lie, if they are installed.
fn library() -> Option<PathBuf> {
    let told = std::env::var_os("RUST_SRC_PATH").map(PathBuf::from);
    let library = told.or_else(|| {
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let said = Command::new(rustc).args(["--print", "sysroot"]).output().ok()?;
        let sysroot = String::from_utf8(said.stdout).ok()?;
        Some(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
    })?;
    library.join("core/src/cell.rs").exists().then_some(library)
}

fn files(place: PathBuf) -> Vec<PathBuf> {
    if place.is_file() {
        return vec![place];
    }
    let entries = std::fs::read_dir(&place).into_iter().flatten().flatten();
    let files = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_file() && path.file_name().is_none_or(|name| name != "tests.rs"));
    files.collect()
}

/// The type that an `impl` is for, if it is of no trait: `impl<T: ?Sized> Mutex<T> {`. A macro's
/// atomic is `Atomic`.
fn type_of(text: &str) -> Option<String> {
    let head = text.strip_prefix("unsafe ").unwrap_or(text).strip_prefix("impl")?;
    let mut rest = head;
    if head.starts_with('<') {
        let mut depth = 0;
        let end = head.char_indices().find(|(at, letter)| {
            depth += match letter {
                '<' => 1,
                '>' if !head[..*at].ends_with('-') => -1,
                _ => 0,
            };
            depth == 0
        })?;
        rest = &head[end.0 + 1..];
    }
    let name = rest.trim_start();
    let end = name.find(|c: char| !c.is_alphanumeric() && !"_$".contains(c)).unwrap_or(name.len());
    match &name[..end] {
        "$atomic_type" => Some("Atomic".to_string()),
        name => (!rest.contains(" for ")).then(|| name.to_string()),
    }
}

/// Whether attributes say that an item is stable, in the version at hand.
fn stable(attributes: &str) -> bool {
    if attributes.contains("#[unstable(") {
        return false;
    }
    let Some((_, since)) = attributes.split_once("#[stable(") else {
        // In a macro: `#[$stable]`.
        return attributes.contains("#[$");
    };
    let since = since.split_once("since = \"").map_or("", |(_, since)| since);
    let parts = since.split('"').next().unwrap_or("").split('.').map(str::parse::<u32>);
    // A name in place of a number is a version that is not out yet.
    parts.collect::<Result<Vec<u32>, _>>().is_ok_and(|since| since.as_slice() <= &VERSION[..])
}

/// The item that a line defines, and whether it is a function.
fn item(line: &str) -> Option<(&str, bool)> {
    let mut words = line.strip_prefix("pub ")?.split([' ', '(', '<', '{', ';']);
    loop {
        match words.next()? {
            "const" | "unsafe" => {}
            kind @ ("fn" | "struct" | "enum" | "type") => {
                return Some((words.next()?, kind == "fn"));
            }
            _ => return None,
        }
    }
}

/// The stable items of a file: `Mutex`, `Mutex::lock`, `fence`.
fn items(text: &str) -> Vec<String> {
    let (mut found, mut within, mut attributes) = (Vec::new(), None, String::new());
    for line in text.lines() {
        let code = line.trim();
        let open = attributes.matches('[').count() > attributes.matches(']').count();
        if code.starts_with("//") {
            continue;
        }
        if open || code.starts_with("#[") {
            attributes += code;
            continue;
        }
        if code.starts_with("impl") || code.starts_with("unsafe impl") {
            within = type_of(code);
        }
        if let Some((name, function)) = item(code)
            && !name.starts_with('$')
            && stable(&attributes)
        {
            let inside = line.starts_with(' ') && function;
            found.push(match &within {
                Some(within) if inside => format!("{within}::{name}"),
                _ => name.to_string(),
            });
        }
        attributes.clear();
    }
    found
}

#[test]
fn every_item_of_stds_is_there_or_left_out() {
    let Some(library) = library() else {
        println!("not looked at: std's source is not installed (rustup component add rust-src)");
        return;
    };
    let mut found: Vec<String> = Vec::new();
    for file in PLACES.into_iter().flat_map(|place| files(library.join(place))) {
        found.extend(items(&std::fs::read_to_string(&file).expect("a source file")));
    }
    found.sort();
    found.dedup();
    assert!(found.len() > 150, "std's source is not what it was: {found:?}");
    let nowhere =
        |name: &&String| !probes::names().any(|there| there == name.as_str()) && !left_out(name);
    let missing: Vec<_> = found.iter().filter(nowhere).collect();
    assert!(missing.is_empty(), "neither there nor left out, with a reason: {missing:#?}");
    // A probe of something that std has not would say nothing.
    let invented: Vec<_> =
        probes::names().filter(|name| !found.iter().any(|item| item == name)).collect();
    assert!(invented.is_empty(), "not in std: {invented:#?}");
}

#[test]
fn items_are_found_in_a_source() {
    let text = "
#[stable(feature = \"a\", since = \"1.0.0\")]
pub struct Lock<T: ?Sized> {
impl<T: ?Sized> Lock<T> {
    #[inline]
    #[stable(feature = \"b\", since = \"1.91.0\")]
    pub const unsafe fn old(&self) {
    #[stable(feature = \"c\", since = \"1.92.0\")]
    pub fn newer(&self) {
    #[unstable(
        feature = \"d\", issue = \"1\"
    )]
    pub fn unstable(&self) {
    pub(crate) fn inner(&self) {
impl<T> Drop for Lock<T> {
    fn drop(&mut self) {
        impl $atomic_type {
            /// It adds.
            #[$stable]
            pub fn fetch_add(&self) {
#[stable(feature = \"e\", since = \"CURRENT_RUSTC_VERSION\")]
pub fn next() {
";
    assert_eq!(items(text), ["Lock", "Lock::old", "Atomic::fetch_add"]);
}
