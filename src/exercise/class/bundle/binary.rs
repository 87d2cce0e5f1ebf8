//! Binaries for each platform, named by it: `racelab-linux-x86_64`.

use std::fs;
use std::path::{Path, PathBuf};

use object::{Architecture, BinaryFormat, Object as _};

use super::Refused;

/// A binary of a bundle.
pub(super) struct Binary {
    /// Its name in the bundle.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    /// What is worth knowing of it.
    pub(super) note: Option<String>,
}

/// Reads this program and others, each under a name of its own.
pub(super) fn read(program: &Path, add: &[PathBuf]) -> anyhow::Result<Vec<Binary>> {
    let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
    let name = format!("racelab-{os}-{arch}{}", std::env::consts::EXE_SUFFIX);
    let mut binaries = vec![Binary { name, bytes: fs::read(program)?, note: None }];
    for path in add {
        let unfit = |why: String| Refused::Unfit(path.clone(), why);
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => unfit("it is not there".to_string()),
            _ => unfit(error.to_string()),
        })?;
        let name = named(&bytes).ok_or_else(|| {
            unfit("it is no program for Linux, macOS or Windows, on x86-64 or ARM".to_string())
        })?;
        if binaries.iter().any(|other| other.name == name) {
            return Err(unfit(format!("there is a {name} already")).into());
        }
        let note = (!same_crates(&bytes)).then(|| {
            format!(
                "{name} was built from another racelab: its exercises may need crates that are \
                 not in this bundle"
            )
        });
        binaries.push(Binary { name, bytes, note });
    }
    Ok(binaries)
}

/// The name of a program, by the system and processor that it is for.
fn named(bytes: &[u8]) -> Option<String> {
    let file = object::File::parse(bytes).ok()?;
    let arch = match file.architecture() {
        Architecture::X86_64 => "x86_64",
        Architecture::Aarch64 => "aarch64",
        _ => return None,
    };
    Some(match file.format() {
        BinaryFormat::Elf => format!("racelab-linux-{arch}"),
        BinaryFormat::MachO => format!("racelab-macos-{arch}"),
        BinaryFormat::Pe => format!("racelab-windows-{arch}.exe"),
        _ => return None,
    })
}

/// Whether it holds this racelab's pack of the library and its lock file, which say what its
/// exercises are built with.
fn same_crates(bytes: &[u8]) -> bool {
    let pack = racelab::SOURCE;
    let Some(first) = pack.first() else { return true };
    let starts = bytes.iter().enumerate().filter(|(_, byte)| *byte == first);
    starts.into_iter().any(|(at, _)| bytes[at..].starts_with(pack))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_named_by_what_it_is_for() {
        let program = std::env::current_exe().expect("this test is a program");
        let bytes = fs::read(program).expect("it can be read");
        let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        let name = format!("racelab-{os}-{arch}{}", std::env::consts::EXE_SUFFIX);
        assert_eq!(named(&bytes), Some(name));
        assert_eq!(named(b"#!/bin/sh\n"), None);
        assert!(same_crates(&bytes) && !same_crates(&bytes[..1000]));
    }
}
