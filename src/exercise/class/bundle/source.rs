//! racelab's own source, as it was compiled: a workspace that builds offline beside its crates.

use racelab_source::Files;
use toml::{Table, Value};

use crate::embedded;

/// Crates come from the folder beside the source.
const CONFIG: &str = "[source.crates-io]\nreplace-with = \"vendored-sources\"\n\n\
    [source.vendored-sources]\ndirectory = \"../vendor\"\n";

/// The whole workspace, with paths from its root. `own` are the files of the command itself.
pub(super) fn workspace(own: &Files) -> Files {
    own.iter().cloned().chain(embedded::crates()).collect()
}

/// Each file of the workspace, from the bundle's folder, and its text.
pub(super) fn files(workspace: &Files) -> Files {
    let text = |path: &str, text: &str| match path {
        "Cargo.toml" => manifest(text),
        _ => text.to_string(),
    };
    let files = workspace.iter().map(|(path, all)| (path.clone(), text(path, all)));
    let config = (".cargo/config.toml".to_string(), CONFIG.to_string());
    files.chain([config]).map(|(path, text)| (format!("source/{path}"), text)).collect()
}

/// The manifest without tests and benchmarks, which do not travel in the binary.
fn manifest(text: &str) -> String {
    let mut manifest: Table = text.parse().unwrap_or_default();
    for key in ["test", "bench", "dev-dependencies"] {
        manifest.remove(key);
    }
    if let Some(package) = manifest.get_mut("package").and_then(Value::as_table_mut) {
        package.remove("include");
    }
    manifest.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_whole() {
        let own =
            |path: &str| (path.to_string(), include_str!("../../../../Cargo.toml").to_string());
        let files = files(&workspace(&vec![own("Cargo.toml"), own("src/cli/main.rs")]));
        let text = |path: &str| {
            let file = files.iter().find(|file| file.0 == format!("source/{path}"));
            file.unwrap_or_else(|| panic!("{path} is missing")).1.as_str()
        };
        let crates =
            ["src/lab", "src/layout", "src/exercise", "src/source", "demos", "demos/safe_map"];
        for folder in crates {
            assert!(text(&format!("{folder}/Cargo.toml")).contains("[package]"), "{folder}");
        }
        for path in ["src/cli/main.rs", "src/lab/lib.rs", "src/source/lib.rs", "demos/mod.rs"] {
            assert!(!text(path).is_empty());
        }
        let manifest = text("Cargo.toml");
        assert!(manifest.contains("[dependencies") && !manifest.contains("trycmd"), "{manifest}");
    }
}
