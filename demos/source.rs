//! Lists the exercises' solutions, which the tests compile, and packs this crate's own source, where
//! that is asked for.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let folder = |name: &str| PathBuf::from(env::var_os(name).expect("cargo sets it"));
    let root = folder("CARGO_MANIFEST_DIR");
    // `racelab exercise pack check` builds in `target`, and SafeMap is a crate of its own: neither
    // changes anything here.
    let own = |name: &String| name != "target" && !root.join(name).join("Cargo.toml").is_file();
    let inside: Vec<String> = names(&root).into_iter().filter(own).collect();
    for name in &inside {
        println!("cargo::rerun-if-changed={name}");
    }
    let list = folder("OUT_DIR").join("exercises.rs");
    fs::write(list, exercises(&root, &inside)).expect("cargo's folder can be written");
    #[cfg(feature = "source")]
    racelab_source::pack(&inside.iter().map(String::as_str).collect::<Vec<_>>());
}

/// The names in a folder, sorted; none where there is no folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A module for each folder with an `exercise.toml`, in which each of its solutions is a scenario,
/// and `ALL`, in which they are found by demo and file.
///
/// Which files are solutions the folders `wrong` and `right` say: a pack is refused in which
/// `exercise.toml` names another file, or does not name one of these.
fn exercises(root: &Path, inside: &[String]) -> String {
    let plain = |stem: &str| stem.chars().all(|c| c == '_' || c.is_ascii_alphanumeric());
    let is_exercise = |stem: &&String| root.join(stem).join("exercise.toml").is_file();
    let stems: Vec<&String> =
        inside.iter().filter(|stem| plain(stem)).filter(is_exercise).collect();
    let mut text = format!("// Written by demos/source.rs.\n\n{COMPILED}");
    for stem in stems.iter().copied() {
        let folder = root.join(stem);
        let mut files = vec!["exercise.rs".to_string(), "answer.rs".to_string()];
        for kind in ["wrong", "right"] {
            let inside = names(&folder.join(kind)).into_iter().filter(|name| name.ends_with(".rs"));
            files.extend(inside.map(|name| format!("{kind}/{name}")));
        }
        text += &module(stem, &folder, &files);
    }
    let row = |stem: &&String| format!("    ({stem:?}, {stem}::ALL),\n");
    let rows: String = stems.iter().map(row).collect();
    text + &format!("\n/// Every exercise with its solutions, by their files.\n{ALL}{rows}];\n")
}

const COMPILED: &str = "/// A solution by its file: its race, and what it should do where that is specified.\n\
    pub(crate) type Compiled =\n    \
    (&'static str, &'static racelab::Scenario, Option<&'static racelab::Scenario>);\n";

const ALL: &str = "pub(crate) const ALL: &[(&str, &[Compiled])] = &[\n";

fn module(stem: &str, folder: &Path, files: &[String]) -> String {
    let judge = folder.join("exercise_race.rs");
    let specification = folder.join("exercise_spec.rs");
    let specified = specification.is_file();
    let by = match specified {
        true => format!(", specified by {specification:?}"),
        false => String::new(),
    };
    let (mut scenarios, mut rows) = (String::new(), String::new());
    for (index, file) in files.iter().enumerate() {
        let path = folder.join(file);
        scenarios += &format!(
            "    racelab::scenario!(\n        pub mod solution_{index} = {path:?}, judged by {judge:?}{by}, \
             not amplified\n    );\n"
        );
        let against = match specified {
            true => format!("Some(&solution_{index}::specified::SCENARIO)"),
            false => "None".to_string(),
        };
        rows += &format!("        ({file:?}, &solution_{index}::SCENARIO, {against}),\n");
    }
    format!(
        "\n#[allow(unreachable_pub)]\nmod {stem} {{\n{scenarios}    \
         pub const ALL: &[super::Compiled] = &[\n{rows}    ];\n}}\n"
    )
}
