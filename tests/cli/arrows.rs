//! Arrows go one way: between the crates, between the rooms of the library, and inside of a room.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every crate and its folder, each above all that it may depend on.
const CRATES: &[(&str, &str)] = &[
    ("racelab-cli", "."),
    ("racelab-bench", "src/bench"),
    ("racelab-exercise", "src/exercise"),
    ("racelab-demos", "demos"),
    ("racelab-safe-map", "demos/safe_map"),
    ("loom", "src/loom"),
    ("racelab-litmus", "src/litmus"),
    ("racelab-layout", "src/layout"),
    ("racelab", "src/lab"),
    ("racelab-source", "src/source"),
];

/// Arrows that would go down and are not wanted: the course is read without the layouts.
const APART: &[(&str, &str)] = &[("racelab-demos", "racelab-layout")];

/// The rooms of the library, each above all that it may name.
const ROOMS: &[&str] = &[
    "model",
    "check",
    "words",
    "trial",
    "contradiction",
    "second",
    "against",
    "explore",
    "sight",
    "scenario",
    "race",
    "rt",
    "fields",
    "layout",
    "report",
    "specification",
    "outcome",
    "op",
    "foreign",
    "cost",
];

/// Folders of the library in which files still name each other in a circle, and how many of their
/// files do. No number here may grow, and no line may be added.
const CIRCLES: &[(&str, usize)] = &[
    // What is shown is run again under shuttle, whose report asks for it.
    ("explore", 2),
    // The policy and the threads that share its work; the row, and the second look that it begins.
    ("explore/reduced", 4),
    // One front: the state of an execution names its clocks, locks and cells, and each of them it.
    ("rt", 35),
    // A note may quote the verdict of another report, and a verdict ends with its notes.
    ("words", 2),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The crates of this house that a manifest depends on; what only its tests need is not counted.
fn needs(manifest: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut counts = false;
    for line in manifest.lines() {
        if line.starts_with('[') {
            counts = line.ends_with("dependencies]") && !line.contains("dev-");
        } else if counts && line.starts_with("racelab") {
            found.extend(line.split([' ', '=', '.']).next());
        }
    }
    found
}

/// What is wrong with the arrows from `from` to each of `to`, where whoever comes first in `order`
/// is above.
fn upward<'a>(order: &[&str], from: &str, to: impl Iterator<Item = &'a str>) -> Vec<String> {
    let place = |name: &str| order.iter().position(|other| *other == name);
    let Some(here) = place(from) else { return vec![format!("{from} has no place in the order")] };
    to.filter_map(|to| match place(to) {
        Some(there) if there > here => None,
        Some(_) => Some(format!("{from} names {to}, which is above it")),
        None => Some(format!("{to}, which {from} names, has no place in the order")),
    })
    .collect()
}

/// The code of a file: no comments, and no tests at its end.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(text);
    let line = |line: &str| line.split("//").next().unwrap_or(line).to_string();
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Every path of a text that begins with `start`, and what follows there, braces written out.
fn paths(text: &str, start: &str) -> BTreeSet<Vec<String>> {
    let mut found = BTreeSet::new();
    let start = format!("{start}::");
    for (at, _) in text.match_indices(&start) {
        let before = text[..at].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            tree(&text[at + start.len()..], &[], &mut found);
        }
    }
    found
}

/// Reads one tree of a `use` and adds its paths; what is left of the text.
fn tree<'a>(text: &'a str, path: &[String], found: &mut BTreeSet<Vec<String>>) -> &'a str {
    let mut text = text.trim_start();
    if let Some(inside) = text.strip_prefix('{') {
        text = inside;
        loop {
            text = tree(text, path, found).trim_start();
            match text.strip_prefix(',') {
                Some(rest) => text = rest,
                None => return text.strip_prefix('}').unwrap_or(text),
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let name = &text[..end];
    let mut rest = &text[end..];
    if name.is_empty() {
        return text.strip_prefix('*').unwrap_or(text);
    }
    let path = [path, &[name.to_string()]].concat();
    if let Some(more) = rest.strip_prefix("::") {
        return tree(more, &path, found);
    }
    if let Some(renamed) = rest.trim_start().strip_prefix("as ") {
        let end = renamed.find([',', '}', ';']).unwrap_or(renamed.len());
        rest = &renamed[end..];
    }
    found.insert(path);
    rest
}

/// The source files of a folder that are not tests, with their paths below it.
fn files(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            let tests = path.file_stem().is_some_and(|stem| stem == "tests");
            if path.is_dir() && !tests {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") && !tests {
                let below = path.strip_prefix(folder).expect("below").with_extension("");
                found.push((below, code(&read(&path))));
            }
        }
    }
    found
}

/// The module that a file is, from the crate's root.
fn module(file: &Path) -> Vec<String> {
    let parts = file.iter().map(|part| part.to_string_lossy().into_owned());
    parts.filter(|part| part != "mod").collect()
}

/// What `pub use room::{...}` puts at the root: the room of each name.
fn at_the_root(lib: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for line in code(lib).split(';').filter_map(|line| line.trim().strip_prefix("pub use ")) {
        let mut all = BTreeSet::new();
        tree(line, &[], &mut all);
        for path in all.into_iter().filter(|path| path.len() > 1) {
            found.insert(path[path.len() - 1].clone(), path[0].clone());
        }
    }
    found
}

/// Which rooms each room names.
fn rooms(lab: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let root = at_the_root(&read(&lab.join("lib.rs")));
    let mut arrows: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, text) in files(lab) {
        let room = module(&file)[0].clone();
        if ["lib", "source"].contains(&room.as_str()) {
            continue;
        }
        let named = ["crate", "$crate", "racelab"].map(|start| paths(&text, start));
        let to = arrows.entry(room.clone()).or_default();
        for path in named.into_iter().flatten() {
            let is_room =
                |name: &str| lab.join(name).is_dir() || lab.join(format!("{name}.rs")).exists();
            let first = Some(&path[0]).filter(|name| is_room(name));
            to.extend(first.or(root.get(&path[0])).filter(|name| **name != room).cloned());
        }
    }
    arrows
}

/// Which modules of each folder name which others of the same folder.
fn siblings(lab: &Path) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let all = files(lab);
    let modules: BTreeSet<Vec<String>> = all.iter().map(|(file, _)| module(file)).collect();
    let mut found: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (file, text) in &all {
        let own = module(file);
        let above = own[..own.len().saturating_sub(1)].to_vec();
        let from_root = paths(text, "crate").into_iter();
        let beside = paths(text, "super").into_iter().map(|path| {
            let ups = path.iter().take_while(|part| *part == "super").count();
            let base = &above[..above.len().saturating_sub(ups)];
            [base, &path[ups..]].concat()
        });
        for path in from_root.chain(beside) {
            // The folder in which the two part, and the modules of it that they are in.
            let same = own.iter().zip(&path).take_while(|(a, b)| a == b).count();
            if same == 0 || same >= own.len() || same >= path.len() {
                continue;
            }
            if modules.contains(&path[..=same]) {
                let folder = found.entry(own[..same].join("/")).or_default();
                folder.entry(own[same].clone()).or_default().insert(path[same].clone());
            }
        }
    }
    found
}

/// The names from which a way leads back to themselves.
fn in_circles(arrows: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let comes_back = |name: &&String| {
        let mut seen = BTreeSet::new();
        let mut next = vec![*name];
        while let Some(at) = next.pop() {
            let to = arrows.get(at).into_iter().flatten();
            next.extend(to.filter(|to| seen.insert(*to)));
        }
        seen.contains(name)
    };
    arrows.keys().filter(comes_back).cloned().collect()
}

#[test]
fn crates_depend_downwards() {
    let order: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
    let mut wrong = Vec::new();
    for (name, folder) in CRATES {
        let manifest = read(&root().join(folder).join("Cargo.toml"));
        let needs = needs(&manifest);
        wrong.extend(upward(&order, name, needs.iter().copied()));
        let apart = needs.iter().filter(|to| APART.contains(&(name, to)));
        wrong.extend(apart.map(|to| format!("{name} depends on {to}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_name_what_is_below_them() {
    let arrows = rooms(&root().join("src/lab"));
    assert!(arrows["explore"].contains("report") && arrows["check"].contains("words"));
    let wrong: Vec<String> = arrows
        .iter()
        .flat_map(|(room, to)| upward(ROOMS, room, to.iter().map(String::as_str)))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let stale: Vec<_> = ROOMS.iter().filter(|room| !arrows.contains_key(**room)).collect();
    assert!(stale.is_empty(), "no such room: {stale:?}");
}

#[test]
fn no_circle_inside_of_a_room() {
    let mut wrong = Vec::new();
    for (folder, arrows) in siblings(&root().join("src/lab")) {
        let circle = in_circles(&arrows);
        let known = CIRCLES.iter().find(|known| known.0 == folder).map_or(0, |known| known.1);
        if circle.len() > known {
            let (folder, all) = (format!("src/lab/{folder}"), circle.join(", "));
            wrong.push(format!("{folder}: {} in circles, {known} are known: {all}", circle.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// That these tests can fail: arrows that are made up.
#[test]
fn a_wrong_arrow_is_seen() {
    let text = code(
        "use crate::words::{Page, report as told};\n// crate::check\nuse super::{Budget, pct::PCT};\n\
         type T = crate::rt::op::Op;\n#[cfg(test)]\nmod tests { use crate::trial; }",
    );
    let joined = |start| paths(&text, start).iter().map(|p| p.join("::")).collect::<Vec<_>>();
    assert_eq!(joined("crate"), ["rt::op::Op", "words::Page", "words::report"]);
    assert_eq!(joined("super"), ["Budget", "pct::PCT"]);

    let to = ["words", "rt", "cellar"];
    let wrong = upward(ROOMS, "explore", to.into_iter());
    assert_eq!(wrong.len(), 2, "{wrong:?}");
    assert_eq!(wrong[0], "explore names words, which is above it");
    assert_eq!(upward(ROOMS, "attic", to.into_iter()), ["attic has no place in the order"]);

    let manifest = "[dependencies]\nracelab-demos = { path = \"../demos\" }\nanyhow = \"1\"\n\
                    [dev-dependencies]\nracelab-cli = \"1\"\n";
    assert_eq!(needs(manifest), ["racelab-demos"]);
    let crates: Vec<&str> = CRATES.iter().map(|(name, _)| *name).collect();
    assert_eq!(upward(&crates, "racelab", needs(manifest).into_iter()).len(), 1);

    let arrow = |from: &str, to: &str| (from.to_string(), BTreeSet::from([to.to_string()]));
    let arrows = BTreeMap::from([arrow("a", "b"), arrow("b", "c"), arrow("c", "b")]);
    assert_eq!(in_circles(&arrows), ["b", "c"]);
}
