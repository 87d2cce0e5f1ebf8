//! Finds the sections of a binary that describe its types, decompressed where they have to be.

use std::borrow::Cow;

use gimli::{Dwarf, EndianSlice, RunTimeEndian, SectionId};
use object::read::CompressedData;
use object::{File, FileKind, Object, ObjectKind, ObjectSection};

use crate::dwarf::Refusal;

/// Bytes of a section.
pub(super) type Slice<'a> = EndianSlice<'a, RunTimeEndian>;

/// What describes types. Line numbers, locations and ranges are never read.
const NEEDED: [SectionId; 6] = [
    SectionId::DebugInfo,
    SectionId::DebugAbbrev,
    SectionId::DebugStr,
    SectionId::DebugLineStr,
    SectionId::DebugStrOffsets,
    SectionId::DebugTypes,
];

/// zlib never makes more than 1032 bytes of one; a file that claims more is damaged or hostile.
const MOST_INFLATED: u64 = 1032;

/// How each language is told to describe its types.
pub(super) const REMEDY: &str = "Rust: `-C debuginfo=2` (in Cargo.toml `debug = 2` for the profile, and no \
    `strip`); C and C++: `-g`; Go: no `-ldflags=-w` or `-s`";

/// The sections. Those that are not compressed are parts of the file; of the others there is a copy
/// in memory, of at most 1032 times their size in the file.
pub(super) struct Sections<'f> {
    data: Vec<(SectionId, Cow<'f, [u8]>)>,
    endian: RunTimeEndian,
}

impl<'f> Sections<'f> {
    /// Finds them in the bytes of an ELF or Mach-O file.
    pub(super) fn find(file: &'f [u8]) -> Result<Sections<'f>, Refusal> {
        check_kind(file)?;
        let object = File::parse(file).map_err(|error| {
            Refusal::usage(format!("the binary cannot be read: {error}; is the file complete?"))
        })?;
        let endian =
            if object.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big };
        let mut found: Vec<(SectionId, CompressedData<'f>)> = Vec::new();
        for id in NEEDED {
            let Some(section) = object.section_by_name(id.name()) else {
                continue;
            };
            if id == SectionId::DebugInfo && section.relocations().next().is_some() {
                return Err(unlinked());
            }
            found.push((id, section.compressed_data().map_err(Refusal::damaged)?));
        }
        let info = |(id, data): &(SectionId, CompressedData<'f>)| {
            matches!(id, SectionId::DebugInfo | SectionId::DebugTypes) && data.uncompressed_size > 0
        };
        if !found.iter().any(info) {
            return Err(nothing(&object));
        }
        let mut data = Vec::new();
        for (id, section) in found {
            data.push((id, contents(section)?));
        }
        Ok(Sections { data, endian })
    }

    /// The sections as `gimli` wants them.
    pub(super) fn dwarf(&self) -> Dwarf<Slice<'_>> {
        let load = |id| {
            let found = self.data.iter().find(|(known, _)| *known == id);
            Ok::<_, gimli::Error>(EndianSlice::new(
                found.map_or(&[], |(_, data)| data.as_ref()),
                self.endian,
            ))
        };
        Dwarf::load(load).unwrap_or_else(|_| Dwarf::default())
    }
}

fn check_kind(file: &[u8]) -> Result<(), Refusal> {
    let refused = match FileKind::parse(file) {
        Ok(FileKind::MachOFat32 | FileKind::MachOFat64) => {
            "several binaries in one; take one out with `lipo -thin` first"
        }
        Ok(_) => return Ok(()),
        Err(_) if file.starts_with(b"!<arch>") => {
            "an archive of object files; give a linked program or shared library"
        }
        Err(_) if file.starts_with(b"MZ") => {
            "a Windows program, whose types are in a PDB file, which is not read; a build for \
             Linux (ELF) or macOS shows the same layouts for most types"
        }
        Err(_) => "not a program or shared library (ELF or Mach-O)",
    };
    Err(Refusal::usage(format!("the file is {refused}")))
}

/// An object file's references between sections are filled in by the linker: before that, names
/// and types would come out wrong.
fn unlinked() -> Refusal {
    Refusal::missing(
        "an object file that is not linked yet: its type names would come out wrong; link it \
         (`cc -shared -o file.so file.o` is enough) and look at the result",
    )
}

/// No types are described: says why, as far as it can be seen.
fn nothing<'a>(object: &File<'a, impl object::ReadRef<'a>>) -> Refusal {
    let has = |name: &str| object.section_by_name(name).is_some();
    if has(".debug_info.dwo") {
        return Refusal::missing(
            "a split debug information file (.dwo), which is not read; build with -gno-split-dwarf (Rust: `split-debuginfo = \"off\"`)",
        );
    }
    if let Ok(Some((name, _))) = object.gnu_debuglink() {
        let name = String::from_utf8_lossy(name);
        return Refusal::missing(format!(
            "the debug information was moved to the file {name}: give that one"
        ));
    }
    if matches!(object, File::MachO32(_) | File::MachO64(_)) && object.kind() != ObjectKind::Unknown
    {
        return Refusal::missing(format!(
            "no debug information here; on macOS it lies in NAME.dSYM/Contents/Resources/DWARF/NAME (`dsymutil NAME` makes it). {REMEDY}"
        ));
    }
    if has(".gopclntab") || has(".go.buildinfo") {
        return Refusal::missing(
            "a Go program without debug information: build it without `-ldflags=-w` and without `-s`",
        );
    }
    Refusal::missing(format!("no debug information: compile with it. {REMEDY}"))
}

/// The bytes of a section, decompressed.
fn contents(section: CompressedData<'_>) -> Result<Cow<'_, [u8]>, Refusal> {
    if section.uncompressed_size / MOST_INFLATED > section.data.len() as u64 {
        return Err(Refusal::damaged("a compressed section claims an impossible size"));
    }
    section.decompress().map_err(Refusal::damaged)
}
