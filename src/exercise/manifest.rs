//! The Cargo.toml of the library that exercises are compiled against, and of a student's folder.

use toml::{Table, Value};

use super::embedded;

/// What only the binary, the course or the tests need: the library is compiled without.
const APART: [&str; 6] =
    ["src/main.rs", "src/cli.rs", "src/command", "src/exercise", "src/layout/dwarf", "demos"];

/// What runs in every execution of a checker.
const OPTIMISED: [&str; 6] =
    ["racelab", "loom", "generator", "shuttle", "shuttle-engine", "corosensei"];

/// Whether a file of this package belongs to the library with default features off.
pub(super) fn in_library(path: &str) -> bool {
    let inside =
        |apart: &str| path.strip_prefix(apart).is_some_and(|p| p.is_empty() || p.starts_with('/'));
    path.starts_with("src/") && !APART.into_iter().any(inside)
}

/// The library's own manifest without its binary, tests and optional dependencies. Its features
/// stay, so that the source that asks for them compiles; all are empty.
pub(super) fn library() -> String {
    let text = embedded::text("Cargo.toml").unwrap_or_default();
    let mut manifest: Table = text.parse().unwrap_or_default();
    for key in ["bin", "test", "bench", "example", "dev-dependencies", "profile"] {
        manifest.remove(key);
    }
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        for key in ["include", "default-run", "readme"] {
            package.remove(key);
        }
        package.insert("build".to_string(), Value::Boolean(false));
    }
    if let Some(dependencies) = manifest.get_mut("dependencies").and_then(Value::as_table_mut) {
        let needed = |_: &str, value: &Value| value.get("optional").is_none();
        dependencies.retain(|name, value| needed(name, value));
    }
    if let Some(features) = manifest.get_mut("features").and_then(Value::as_table_mut) {
        for (_, needs) in features.iter_mut() {
            *needs = Value::Array(Vec::new());
        }
    }
    manifest.to_string()
}

/// Racelab's own lock file: what its build has downloaded is what exercises are built with.
pub(super) fn lock() -> Option<&'static str> {
    embedded::text("Cargo.lock")
}

/// The manifest of a student's folder: one binary an exercise, so that an edit compiles one.
pub(super) fn workspace(stems: &[&str]) -> String {
    let mut text = String::from(
        "# Written by racelab. Your files are in exercises/.\n\
         [package]\n\
         name = \"exercises\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         publish = false\n\
         autobins = false\n\n\
         [dependencies]\n\
         racelab = { path = \".racelab/library\", default-features = false }\n\n\
         [workspace]\n\
         exclude = [\".racelab/library\"]\n\n\
         [profile.dev]\n\
         debug = false\n",
    );
    text += "\n# The checkers run many executions, so they are optimised a little: more would make the\n\
             # first build longer than it saves.\n";
    for package in OPTIMISED {
        text += &format!("[profile.dev.package.{package}]\nopt-level = 1\n");
    }
    for stem in stems {
        text += &format!("\n[[bin]]\nname = \"{stem}\"\npath = \".racelab/main/{stem}.rs\"\n");
    }
    text
}

/// The `main` of an exercise: whatever asks it, it runs the scenario of the student's file.
pub(super) fn main(stem: &str) -> String {
    format!(
        "//! Written by racelab: compiles your file under each runtime, for `racelab exercise check`.\n\n\
         racelab::scenario!(\n    \
         mod exercise = \"../../exercises/{stem}.rs\", judged by \"../judge/{stem}_race.rs\"\n\
         );\n\n\
         fn main() {{\n    \
         racelab::trial::serve(&racelab::Engines::standard(), |_| Some(&exercise::SCENARIO));\n    \
         eprintln!(\"type: racelab exercise check {}\");\n    \
         std::process::exit(2);\n\
         }}\n",
        stem.replace('_', "-")
    )
}
