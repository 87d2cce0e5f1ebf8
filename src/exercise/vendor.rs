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
    let folder = toml::Value::String(folder.display().to_string());
    let text = format!(
        "# Written by racelab: crates come from a folder, not from the network.\n\
         [source.crates-io]\n\
         replace-with = \"vendored-sources\"\n\n\
         [source.vendored-sources]\n\
         directory = {folder}\n"
    );
    let file = workspace.root.join(".cargo/config.toml");
    atomic::refresh(&file, &text).context("cannot write .cargo/config.toml")?;
    Ok(())
}
