//! The crates that exercises need, in a folder: for a machine without cargo's cache and network.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::{Workspace, atomic, build};

/// Copies every crate into the workspace, from cargo's cache, or else from the network.
///
/// # Errors
/// When cargo is missing, or has them neither here nor there.
pub fn copy(workspace: &Workspace) -> anyhow::Result<()> {
    let vendor = |offline: bool| {
        let mut command = build::cargo();
        command.args(["vendor", "--versioned-dirs"]).args(offline.then_some("--offline"));
        command.arg("vendor").current_dir(&workspace.root);
        let output = command.output().context("cargo cannot be started")?;
        match output.status.success() {
            true => Ok(()),
            false => bail!("{}", String::from_utf8_lossy(&output.stderr).trim()),
        }
    };
    vendor(true).or_else(|_| vendor(false)).context("cargo cannot vendor the crates")?;
    configure(workspace, Path::new("vendor"))
}

/// Has cargo take crates from a folder in which they were vendored.
///
/// # Errors
/// When that is no folder.
pub fn from(workspace: &Workspace, crates: &Path) -> anyhow::Result<()> {
    let folder = crates.canonicalize().with_context(|| format!("{}", crates.display()))?;
    if !folder.is_dir() {
        bail!("{} is no folder of crates", crates.display());
    }
    configure(workspace, &folder)
}

fn configure(workspace: &Workspace, folder: &Path) -> anyhow::Result<()> {
    let file = workspace.root.join(CONFIG);
    atomic::refresh(&file, configuration(&folder.display().to_string()))
        .context("cannot write .cargo/config.toml")?;
    Ok(())
}

/// Where cargo is told how to build in a folder.
const CONFIG: &str = ".cargo/config.toml";

fn configuration(folder: &str) -> String {
    let folder = toml::Value::String(folder.to_string());
    format!(
        "# Written by racelab: crates come from a folder, not from the network.\n\
         [source.crates-io]\n\
         replace-with = \"vendored-sources\"\n\n\
         [source.vendored-sources]\n\
         directory = {folder}\n"
    )
}

/// What in a workspace tells cargo to build otherwise than racelab does, and what to do about it.
pub(super) fn builds_otherwise(root: &Path) -> Option<String> {
    let says = |name: &str| {
        Some(format!(
            "{} says how cargo builds, and racelab did not write it: remove it, or move it to a folder \
         around the workspace if you need it",
            root.join(name).display()
        ))
    };
    let text = |name: &str| std::fs::read_to_string(root.join(name)).ok();
    if let Some(text) = text(CONFIG) {
        let table: Option<toml::Table> = text.parse().ok();
        let folder = table.as_ref().and_then(|table| {
            table.get("source")?.get("vendored-sources")?.get("directory")?.as_str()
        });
        if folder.is_none_or(|folder| configuration(folder) != text) {
            return says(CONFIG);
        }
    }
    // Older names of the same.
    let other = [".cargo/config", "rust-toolchain", "rust-toolchain.toml"];
    let other = other.iter().find(|name| {
        // A toolchain by its name is Rust's own; one by its path is anything.
        text(name).is_some_and(|text| name.starts_with('.') || text.contains("path"))
    });
    says(other?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_racelab_wrote_tells_cargo_how_to_build() {
        let root = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            let file = root.path().join(name);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("it");
            std::fs::write(file, text).expect("a file");
        };
        let said = || builds_otherwise(root.path());
        assert_eq!(said(), None);
        let ours = configuration("C:\\crates \"of\" ours");
        write(CONFIG, &ours);
        assert_eq!(said(), None);
        for more in [
            "[build]\nrustc-wrapper = \"x\"\n",
            "[env]\nRUSTC_BOOTSTRAP = \"1\"\n",
            "[patch.crates-io]\n",
        ] {
            write(CONFIG, &format!("{ours}{more}"));
            assert!(said().is_some_and(|why| why.contains(".cargo/config.toml")), "{more}");
        }
        std::fs::remove_file(root.path().join(CONFIG)).expect("it");
        write("rust-toolchain.toml", "[toolchain]\nchannel = \"1.91\"\n");
        assert_eq!(said(), None);
        write("rust-toolchain.toml", "[toolchain]\npath = \"mine\"\n");
        assert!(said().is_some());
        std::fs::remove_file(root.path().join("rust-toolchain.toml")).expect("it");
        write(".cargo/config", "[build]\nrustflags = \"--cfg x\"\n");
        assert!(said().is_some_and(|why| why.contains(".cargo/config says")));
    }
}
