//! The Cargo.toml of a student's folder, and the `main` of an exercise.

use std::path::Path;

use super::class::checksum;
use super::found::SPECIFIED;

/// What runs in every execution of a checker.
const OPTIMISED: [&str; 6] =
    ["racelab", "loom", "generator", "shuttle", "shuttle-engine", "corosensei"];

/// Set where the copy is compiled that is marked.
pub(super) const MARKED: &str = "racelab_marked";
/// Names a hash of all texts that a program is compiled from, in cargo's environment.
pub(super) const TEXTS: &str = "RACELAB_TEXTS";

/// The name of an exercise's program. It is another in each folder: builds of several may share a
/// target folder.
pub(super) fn program(root: &Path, stem: &str) -> String {
    let place = checksum::of(root.as_os_str().as_encoded_bytes());
    format!("{stem}-{}", &place[..8])
}

/// The manifest of a student's folder: one binary an exercise, so that an edit compiles one.
pub(super) fn workspace(root: &Path, stems: &[&str]) -> String {
    let mut text = String::from(
        "# Written by racelab. Your files are in exercises/.\n\
         [package]\n\
         name = \"exercises\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         autobins = false\n\
         build = false\n\n\
         [dependencies]\n\
         racelab = { path = \".racelab/library\" }\n\n\
         [workspace]\n\
         exclude = [\".racelab/library\"]\n\n\
         [lints.rust]\n\
         unexpected_cfgs = { level = \"allow\" }\n\n\
         [profile.dev]\n\
         debug = false\n",
    );
    text += "\n# What the checkers hold themselves to is tried in their own tests.\n\
             [profile.dev.package.\"*\"]\n\
             debug-assertions = false\n";
    text += "\n# The checkers run many executions, so they are optimised a little: more would make the\n\
             # first build longer than it saves.\n";
    for package in OPTIMISED {
        text += &format!("[profile.dev.package.{package}]\nopt-level = 1\n");
    }
    for stem in stems {
        let program = program(root, stem);
        text += &format!("\n[[bin]]\nname = \"{program}\"\npath = \".racelab/main/{stem}.rs\"\n");
    }
    text
}

/// The `main` of an exercise: whatever asks it, it runs the scenario of the student's file.
pub(super) fn main(stem: &str, specified: bool) -> String {
    let by = match specified {
        true => format!("    specified by \"../judge/{stem}_spec.rs\",\n"),
        false => String::new(),
    };
    let find = match specified {
        true => format!(
            "|name| Some(match name.ends_with({SPECIFIED:?}) {{\n        \
             true => &exercise::specified::SCENARIO,\n        \
             false => &exercise::SCENARIO,\n    }})"
        ),
        false => "|_| Some(&exercise::SCENARIO)".to_string(),
    };
    format!(
        "//! Written by racelab: compiles your file under each runtime, for `racelab exercise check`.\n\n\
         // What is marked is a copy of your file as it was read; an editor sees the file itself.\n\
         #[cfg({MARKED})]\n\
         racelab::scenario!(\n    \
         mod exercise = \"../marked/{stem}.rs\", judged by \"../judge/{stem}_race.rs\",\n{by}    \
         not amplified\n\
         );\n\
         #[cfg(not({MARKED}))]\n\
         racelab::scenario!(\n    \
         mod exercise = \"../../exercises/{stem}.rs\", judged by \"../judge/{stem}_race.rs\",\n{by}    \
         not amplified\n\
         );\n\n\
         // Another text is another program, whatever the time of the file.\n\
         const _: Option<&str> = option_env!(\"{TEXTS}\");\n\n\
         #[global_allocator]\n\
         static HEAP: racelab::rt::heap::Heap = racelab::rt::heap::Heap;\n\n\
         fn main() {{\n    \
         racelab::trial::serve(&racelab::Engines::standard(), {find});\n    \
         eprintln!(\"type: racelab exercise check {}\");\n    \
         std::process::exit(2);\n\
         }}\n",
        stem.replace('_', "-")
    )
}
