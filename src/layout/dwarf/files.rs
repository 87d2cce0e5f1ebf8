//! The files that the debug information of one binary is spread over: members of an archive, what
//! was moved to a file of its own, what `dwz` took out, what was split off.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use object::read::archive::ArchiveFile;
use object::{File, Object};

use crate::dwarf::Refusal;
use crate::dwarf::contents::Contents;
use crate::dwarf::place::Debug;
use crate::dwarf::sections::{Kind, Sections};

/// Where systems keep debug information that was moved away.
const SYSTEM: &str = "/usr/lib/debug";

/// The sections of every part that can be found for the bytes of one file, which lies at `path`, if
/// it does.
pub(super) fn parts<'f>(file: &'f [u8], path: Option<&Path>) -> Result<Vec<Sections<'f>>, Refusal> {
    if file.starts_with(b"!<arch>") || file.starts_with(b"!<thin>") {
        return archive(file, path);
    }
    let own = Sections::find(file);
    let mut parts = match (own, path) {
        (Err(refusal), Some(path)) => {
            let Some(other) = moved(file, path) else { return Err(refusal) };
            let contents = Contents::of(&other)?;
            let mut sections = Sections::find(&contents)?.owned();
            sections.moved = common(&contents, &other)?;
            vec![sections]
        }
        (own, _) => {
            let mut sections = own?;
            sections.moved = common(file, path.unwrap_or(Path::new("")))?;
            vec![sections]
        }
    };
    let split = split_off(&parts, path);
    parts.extend(split);
    Ok(parts)
}

/// The object files in an archive that have debug information.
fn archive<'f>(file: &'f [u8], path: Option<&Path>) -> Result<Vec<Sections<'f>>, Refusal> {
    let damaged = |error| Refusal::damaged(format!("the archive: {error}"));
    let archive = ArchiveFile::parse(file).map_err(damaged)?;
    let mut parts = Vec::new();
    let mut refusal = None;
    for member in archive.members() {
        let member = member.map_err(damaged)?;
        let sections = if member.is_thin() {
            let name = PathBuf::from(String::from_utf8_lossy(member.name()).into_owned());
            let beside = path.and_then(Path::parent).unwrap_or(Path::new("")).join(name);
            Contents::of(&beside).and_then(|contents| Ok(Sections::find(&contents)?.owned()))
        } else {
            member.data(file).map_err(damaged).and_then(Sections::find)
        };
        match sections {
            Ok(sections) => parts.push(sections),
            Err(why) => refusal = Some(why),
        }
    }
    match refusal {
        Some(why) if parts.is_empty() => Err(why),
        None if parts.is_empty() => Err(Refusal::usage("the archive holds no object files")),
        _ => Ok(parts),
    }
}

/// The file that the debug information of `file` was moved to, if it is where it is looked for.
fn moved(file: &[u8], path: &Path) -> Option<PathBuf> {
    let object = File::parse(file).ok()?;
    let folder = std::path::absolute(path).ok()?.parent()?.to_owned();
    let id = object.build_id().ok().flatten();
    let mut candidates = Vec::new();
    candidates.extend(id.and_then(by_id));
    let link = object.gnu_debuglink().ok().flatten();
    if let Some((name, _)) = link {
        let name = String::from_utf8_lossy(name).into_owned();
        candidates.push(folder.join(&name));
        candidates.push(folder.join(".debug").join(&name));
        let rooted = folder.strip_prefix("/").unwrap_or(&folder);
        candidates.push(Path::new(SYSTEM).join(rooted).join(&name));
    }
    candidates.into_iter().find(|candidate| {
        let Ok(contents) = Contents::of(candidate) else { return false };
        let Ok(other) = File::parse(&*contents) else { return false };
        match (id, other.build_id().ok().flatten(), link) {
            (Some(one), Some(other), _) => one == other,
            (.., Some((_, sum))) => crc(&contents) == sum,
            _ => false,
        }
    })
}

/// `/usr/lib/debug/.build-id/12/3456.debug`.
fn by_id(id: &[u8]) -> Option<PathBuf> {
    let hex: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
    let (first, rest) = hex.split_at_checked(2)?;
    Some(Path::new(SYSTEM).join(".build-id").join(first).join(format!("{rest}.debug")))
}

/// The checksum of a debug link: CRC-32 as in zlib.
fn crc(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256u32)
        .map(|start| {
            (0..8).fold(start, |c, _| if c & 1 == 1 { c >> 1 ^ 0xedb8_8320 } else { c >> 1 })
        })
        .collect();
    let step = |c: u32, byte: &u8| table[usize::from(c as u8 ^ byte)] ^ c >> 8;
    !bytes.iter().fold(u32::MAX, step)
}

/// What `dwz` moved from this file to another; nothing, if it moved nothing.
fn common(file: &[u8], path: &Path) -> Result<Option<Box<Sections<'static>>>, Refusal> {
    let Some((name, id)) =
        File::parse(file).ok().and_then(|object| object.gnu_debugaltlink().ok().flatten())
    else {
        return Ok(None);
    };
    let name = PathBuf::from(String::from_utf8_lossy(name).into_owned());
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = real.parent().unwrap_or(Path::new("")).to_owned();
    let mut candidates = vec![folder.join(&name)];
    candidates.extend(by_id(id));
    candidates.extend(name.file_name().map(|file| Path::new(SYSTEM).join(".dwz").join(file)));
    for candidate in candidates {
        let Ok(contents) = Contents::of(&candidate) else { continue };
        let same = File::parse(&*contents)
            .is_ok_and(|object| object.build_id().ok().flatten().is_none_or(|other| other == id));
        if same {
            return Ok(Some(Box::new(Sections::find(&contents)?.owned())));
        }
    }
    Err(Refusal::missing(format!(
        "part of the debug information was moved by `dwz` to the file {}, which is not there: put \
         it there, or give a binary that `dwz` has not touched",
        name.display()
    )))
}

/// The files that the types of some units were split off to, as far as they are there: `.dwo` files
/// where they were built or beside the binary, or one package of them beside it.
fn split_off(parts: &[Sections<'_>], path: Option<&Path>) -> Vec<Sections<'static>> {
    let debug = Debug::new(parts);
    let units = (0..debug.units()).filter_map(|number| debug.unit(number).ok()?.split);
    let skeletons: Vec<_> = units.collect();
    if skeletons.is_empty() {
        return Vec::new();
    }
    let load = |path: PathBuf| Some(Sections::find(&Contents::of(&path).ok()?).ok()?.owned());
    let beside = path.and_then(Path::parent).unwrap_or(Path::new(""));
    if let Some(path) = path {
        let mut package = path.as_os_str().to_owned();
        package.push(".dwp");
        let packed = load(package.into()).filter(|sections| sections.kind == Kind::Package);
        if let Some(packed) = packed.or_else(|| load(path.with_extension("dwp"))) {
            return vec![packed];
        }
    }
    let mut known = HashSet::new();
    let mut found = Vec::new();
    for skeleton in skeletons {
        let file = Path::new(&skeleton.file);
        let built = Path::new(&skeleton.folder).join(file);
        if !known.insert(built.clone()) {
            continue;
        }
        let name = file.file_name().map(|name| beside.join(name));
        let places = [Some(built), Some(beside.join(file)), name];
        found.extend(places.into_iter().flatten().find_map(load));
    }
    found
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_that_of_zlib() {
        assert_eq!(super::crc(b"123456789"), 0xcbf4_3926);
    }
}
