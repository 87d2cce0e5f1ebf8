//! racelab's own source, as it was compiled: a package that builds offline beside its crates.

use toml::{Table, Value};

use crate::exercise::embedded;

/// Crates come from the folder beside the source.
const CONFIG: &str = "[source.crates-io]\nreplace-with = \"vendored-sources\"\n\n\
    [source.vendored-sources]\ndirectory = \"../vendor\"\n";

/// Each file, from the bundle's folder, and its text.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    let own = embedded::all().map(|(path, text)| {
        let text = if path == "Cargo.toml" { manifest(text) } else { text.to_string() };
        (format!("source/{path}"), text)
    });
    own.chain([("source/.cargo/config.toml".to_string(), CONFIG.to_string())])
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
    // In a folder inside another workspace it is still its own.
    manifest.insert("workspace".to_string(), Value::Table(Table::new()));
    manifest.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_whole() {
        let files: Vec<(String, String)> = files().collect();
        let text = |path: &str| {
            let file = files.iter().find(|file| file.0 == format!("source/{path}"));
            file.unwrap_or_else(|| panic!("{path} is missing")).1.as_str()
        };
        for path in ["Cargo.lock", "src/build.rs", "README.md", "src/main.rs", "demos/mod.rs"] {
            assert!(!text(path).is_empty());
        }
        let manifest = text("Cargo.toml");
        assert!(manifest.contains("[dependencies") && !manifest.contains("trycmd"), "{manifest}");
    }
}
