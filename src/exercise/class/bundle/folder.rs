//! The folder that a bundle is written to: it knows what it wrote before, and keeps the rest.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::super::checksum;
use super::Bundled;
use crate::atomic;

const SUMS: &str = "SHA256SUMS";

/// A folder that is being written.
pub(super) struct Folder {
    root: PathBuf,
    /// What an earlier bundle wrote here: checksums by path.
    before: HashMap<String, String>,
    now: BTreeMap<String, String>,
    bytes: u64,
    kept: Vec<String>,
}

impl Folder {
    /// Makes the folder, if it is not there. It is no whole bundle until it is closed.
    pub(super) fn open(root: &Path) -> anyhow::Result<Folder> {
        fs::create_dir_all(root).with_context(|| format!("cannot make {}", root.display()))?;
        let sums = root.join(SUMS);
        let text = match fs::read_to_string(&sums) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            text => text.with_context(|| format!("cannot read {}", sums.display()))?,
        };
        let line = |line: &str| line.split_once("  ").map(|(sum, path)| (path.into(), sum.into()));
        let before = text.lines().filter_map(line).collect();
        let (now, kept) = (BTreeMap::new(), Vec::new());
        Ok(Folder { root: root.to_path_buf(), before, now, bytes: 0, kept })
    }

    /// Writes a file, named from the folder with `/`. One in its way that no bundle wrote is kept.
    pub(super) fn put(&mut self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let file = self.root.join(path);
        let sum = checksum::of(bytes);
        self.write(&file, path, &sum, bytes)
            .with_context(|| format!("cannot write {}", file.display()))?;
        self.bytes += bytes.len() as u64;
        self.now.insert(path.to_string(), sum);
        Ok(())
    }

    /// As [`put`](Folder::put), and it can be started.
    pub(super) fn put_program(&mut self, path: &str, bytes: &[u8]) -> anyhow::Result<()> {
        self.put(path, bytes)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let file = self.root.join(path);
            fs::set_permissions(&file, fs::Permissions::from_mode(0o755))
                .with_context(|| format!("cannot make {} a program", file.display()))?;
        }
        Ok(())
    }

    /// As [`put`](Folder::put), from another file.
    pub(super) fn copy(&mut self, path: &str, from: &Path) -> anyhow::Result<()> {
        let bytes = fs::read(from).with_context(|| format!("cannot read {}", from.display()))?;
        self.put(path, &bytes)
    }

    fn write(&mut self, file: &Path, path: &str, sum: &str, bytes: &[u8]) -> io::Result<()> {
        match fs::read(file) {
            Ok(there) if there == bytes => return Ok(()),
            Ok(there) => {
                if self.before.get(path).is_none_or(|before| *before != checksum::of(&there)) {
                    self.keep(file, path)?;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        fs::create_dir_all(file.parent().unwrap_or(&self.root))?;
        let part = file.with_file_name(format!(".part-{}", &sum[..16]));
        let written = fs::write(&part, bytes).and_then(|()| fs::rename(&part, file));
        if written.is_err() {
            // Half a file is of no use, and its room may be needed.
            let _ = fs::remove_file(&part);
        }
        written
    }

    /// Moves a file out of the way, to a name that nothing has.
    fn keep(&mut self, file: &Path, path: &str) -> io::Result<()> {
        let name = |number: u32| format!("{path}.kept-{number}");
        let free = (1..).map(name).find(|name| !self.root.join(name).exists());
        let free = free.expect("there is always another number");
        fs::rename(file, self.root.join(&free))?;
        self.kept.push(free);
        Ok(())
    }

    /// Writes the checksums, and says what there is now.
    pub(super) fn close(self, bundled: &mut Bundled) -> anyhow::Result<()> {
        let lines = self.now.iter().map(|(path, sum)| format!("{sum}  {path}\n"));
        let file = self.root.join(SUMS);
        atomic::write(&file, &lines.collect::<String>())
            .with_context(|| format!("cannot write {}", file.display()))?;
        bundled.files = self.now.len() + 1;
        bundled.bytes = self.bytes;
        bundled.kept = self.kept;
        Ok(())
    }
}

/// Every file under a folder: its path from there with `/`, and where it is; sorted.
pub(super) fn files(root: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let mut folders = vec![(String::new(), root.to_path_buf())];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
            match entry.file_type()?.is_dir() {
                true => folders.push((format!("{name}/"), entry.path())),
                false => found.push((name, entry.path())),
            }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_its_own_is_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let read = |path: &str| fs::read_to_string(root.path().join(path)).expect("a file");
        let write = |text: &str| {
            let mut folder = Folder::open(root.path()).expect("a folder");
            folder.put("START.txt", text.as_bytes()).expect("room");
            let mut bundled = Bundled::default();
            folder.close(&mut bundled).expect("room");
            bundled.kept
        };
        fs::write(root.path().join("START.txt"), "somebody's").expect("a file");
        fs::write(root.path().join("plan.txt"), "somebody's").expect("a file");
        assert_eq!(write("one"), ["START.txt.kept-1"]);
        assert_eq!(
            (read("START.txt.kept-1"), read("START.txt")),
            ("somebody's".into(), "one".into())
        );
        // What a bundle wrote it replaces; what was changed since is somebody's.
        assert_eq!(write("two"), [] as [&str; 0]);
        fs::write(root.path().join("START.txt"), "changed").expect("a file");
        assert_eq!(write("three"), ["START.txt.kept-2"]);
        assert_eq!(
            (read("START.txt.kept-2"), read("plan.txt")),
            ("changed".into(), "somebody's".into())
        );
        let sums = read(SUMS);
        assert_eq!(sums, format!("{}  START.txt\n", checksum::of(b"three")));
    }
}
