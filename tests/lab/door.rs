//! The door: what stands at the library's root, and that a stranger can name all of what it takes.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Everything that the documentation of the root shows. Whoever adds a name here adds a word that
/// every reader of the front page has to know.
const DOOR: &[&str] = &[
    // What an author writes.
    "scenario!",
    "fields!",
    "outcomes!",
    "specification!",
    "Race",
    "actor",
    "Actor",
    "Saw",
    "Outcome",
    "Grade",
    "Meaning",
    "Case",
    "AtMost",
    "Detector",
    "Speaks",
    "Fields",
    "Scenario",
    "Source",
    // What a test calls, and what it gets.
    "check",
    "check_within",
    "explore_both",
    "explore_with",
    "Checked",
    "check_against",
    "check_against_within",
    "explore_against",
    "CheckedAgainst",
    "model",
    "model_within",
    "explore_model",
    "Budget",
    "Engine",
    "Engines",
    "Report",
    "Verdict",
    "Model",
    // The rooms.
    "second",
    "against",
    "specification",
    "cost",
    "explore",
    "fields",
    "layout",
    "op",
    "race",
    "report",
    "rt",
    "sight",
    "trial",
    "words",
    // With the feature `source`.
    "SOURCE",
];

/// What is hidden, for the macros alone.
const HIDDEN: &[&str] = &["__thread_local!", "memoffset", "runtimes!", "foreign"];

/// The public names of a crate's root, and whether each is hidden.
fn names(lib: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    let mut hidden = false;
    let code: Vec<&str> = lib.lines().filter(|line| !line.trim().starts_with("//")).collect();
    for item in code.join(" ").split([';', ']']) {
        let item = item.trim();
        if item.starts_with("#[") {
            hidden |= item.contains("doc(hidden)");
            continue;
        }
        let mut add = |name: &str| found.push((name.trim().to_string(), hidden));
        if let Some(module) = item.strip_prefix("pub mod ") {
            add(module);
        } else if let Some(constant) = item.strip_prefix("pub const ") {
            add(constant.split(':').next().unwrap_or(constant));
        } else if let Some(path) = item.strip_prefix("pub use ") {
            let inside = path.split_once('{').map_or(path, |(_, inside)| inside);
            for name in inside.trim_end_matches('}').split(',').filter(|name| !name.is_empty()) {
                let name = name.rsplit_once(" as ").map_or(name, |(_, name)| name);
                add(name.rsplit("::").next().unwrap_or(name));
            }
        } else {
            assert!(!item.starts_with("pub "), "a form that this test does not know: {item}");
        }
        hidden = false;
    }
    found
}

/// The macros that a file exports, and whether each is hidden.
fn macros(text: &str) -> Vec<(String, bool)> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("#[macro_export]") {
        // What stands above it, up to the empty line before it, and below it, up to the name.
        let above = text[..at].rsplit("\n\n").next().unwrap_or_default();
        let below = &text[at..];
        let Some((between, rest)) = below.split_once("macro_rules! ") else { continue };
        let name = rest.split([' ', '{']).next().unwrap_or_default();
        let hidden = above.contains("#[doc(hidden)]") || between.contains("#[doc(hidden)]");
        found.push((format!("{name}!"), hidden));
    }
    found
}

fn every_macro(folder: &Path, found: &mut Vec<(String, bool)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            every_macro(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.extend(macros(&fs::read_to_string(&path).expect("a source file")));
        }
    }
}

#[test]
fn the_door_is_as_it_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = names(&fs::read_to_string(folder.join("lib.rs")).expect("the root"));
    every_macro(folder, &mut all);
    let named = |hidden: bool| -> BTreeSet<&str> {
        all.iter().filter(|(_, other)| *other == hidden).map(|(name, _)| name.as_str()).collect()
    };
    let listed = |names: &[&'static str]| names.iter().copied().collect::<BTreeSet<&str>>();
    assert_eq!(named(false), listed(DOOR), "the door (left) is not as it is listed (right)");
    assert_eq!(named(true), listed(HIDDEN), "what is hidden (left) is not as it is listed (right)");
}

#[test]
fn every_form_of_an_item_is_read() {
    let lib = "//! pub mod none;\nmod own;\npub mod room;\n#[doc(hidden)]\npub use memoffset;\n\
               pub use room::{a as b, C};\npub use room::D;\n\
               #[cfg(x)]\npub const E: &[u8] = include_bytes!(\"e\");\n";
    let expected = ["room", "memoffset", "b", "C", "D", "E"];
    let found = names(lib);
    assert_eq!(found.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), expected);
    assert!(found.iter().all(|(name, hidden)| *hidden == (name == "memoffset")));

    let text = "/// Shown.\n#[macro_export]\nmacro_rules! a {}\n\n#[doc(hidden)]\n#[macro_export]\n\
                macro_rules! b {}\n\nmacro_rules! c {}\n";
    assert_eq!(macros(text), [("a!".to_string(), false), ("b!".to_string(), true)]);
}

/// What the signatures and fields of these say, by the paths at which a reader finds it; that
/// nothing else is missing is a lint of the crate, `unnameable_types`.
#[allow(unused_imports)]
mod nameable {
    use racelab::explore::engine::{Program, Trap};
    use racelab::layout::{FieldLayout, TypeLayout};
    use racelab::op::Kind as Operation;
    use racelab::race::{Memories, Native, OnThreads, Play, Terms, UnderChecker};
    use racelab::report::{
        Access, BlindSpot, Bounds, Conflict, Contradiction, Death, Does, End, EngineFacts, Failure,
        Instead, Kind, MachineNote, Note, OutcomeCount, Shown, Step, Stop, Suspect, TooLong,
        Unreasonable, Unseen, Wait, What, Why, Witness,
    };
}
