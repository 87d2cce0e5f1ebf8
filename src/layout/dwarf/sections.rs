//! Finds the sections of a binary that describe its types, decompressed where they have to be.

use std::borrow::Cow;

use gimli::{Dwarf, DwarfFileType, DwarfPackage, EndianSlice, RunTimeEndian, SectionId};
use object::read::CompressedData;
use object::{File, FileKind, Object, ObjectKind, ObjectSection};

use crate::dwarf::Refusal;

/// Bytes of a section.
pub(super) type Slice<'a> = EndianSlice<'a, RunTimeEndian>;

/// What describes types. Of the line numbers only the names of files are read; locations and ranges
/// never are.
const NEEDED: [SectionId; 9] = [
    SectionId::DebugInfo,
    SectionId::DebugAbbrev,
    SectionId::DebugStr,
    SectionId::DebugLineStr,
    SectionId::DebugStrOffsets,
    SectionId::DebugTypes,
    SectionId::DebugLine,
    SectionId::DebugCuIndex,
    SectionId::DebugTuIndex,
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
    /// Whether it is the other part of a file whose types were split off, or several in a package.
    pub(super) kind: Kind,
    /// The sections that `dwz` moved to another file.
    pub(super) moved: Option<Box<Sections<'static>>>,
}

/// What a file of debug information is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Whole.
    Main,
    /// Types split off one unit (`.dwo`).
    Split,
    /// Such files of several units (`.dwp`).
    Package,
}

impl<'f> Sections<'f> {
    /// Finds them in the bytes of an ELF, Mach-O or PE file.
    pub(super) fn find(file: &'f [u8]) -> Result<Sections<'f>, Refusal> {
        check_kind(file)?;
        let object = File::parse(file).map_err(|error| {
            Refusal::usage(format!("the binary cannot be read: {error}; is the file complete?"))
        })?;
        let has = |name: &str| object.section_by_name(name).is_some();
        let kind = match (has(".debug_info"), has(".debug_info.dwo")) {
            (false, true) if has(".debug_cu_index") || has(".debug_tu_index") => Kind::Package,
            (false, true) => Kind::Split,
            _ => Kind::Main,
        };
        let endian =
            if object.is_little_endian() { RunTimeEndian::Little } else { RunTimeEndian::Big };
        let mut found: Vec<(SectionId, CompressedData<'f>, RelocationMap)> = Vec::new();
        for id in NEEDED {
            let name = if kind == Kind::Main { Some(id.name()) } else { id.dwo_name() };
            let Some(section) = name.and_then(|name| object.section_by_name(name)) else {
                continue;
            };
            let relocations = relocations(&object, &section);
            found.push((id, section.compressed_data().map_err(Refusal::damaged)?, relocations));
        }
        let info = |(id, data, _): &(SectionId, CompressedData<'f>, RelocationMap)| {
            matches!(id, SectionId::DebugInfo | SectionId::DebugTypes) && data.uncompressed_size > 0
        };
        if !found.iter().any(info) {
            return Err(nothing(&object));
        }
        let mut data = Vec::new();
        for (id, section, relocations) in found {
            let mut bytes = contents(section)?;
            if !relocations.is_empty() {
                relocate(bytes.to_mut(), &relocations, endian);
            }
            data.push((id, bytes));
        }
        Ok(Sections { data, endian, kind, moved: None })
    }

    /// A copy that does not need the file.
    pub(super) fn owned(self) -> Sections<'static> {
        let data = self.data.into_iter().map(|(id, data)| (id, Cow::Owned(data.into_owned())));
        let Sections { endian, kind, moved, .. } = self;
        Sections { data: data.collect(), endian, kind, moved }
    }

    /// How many bytes they are, unpacked, with those that were moved away.
    pub(super) fn bytes(&self) -> usize {
        let own: usize = self.data.iter().map(|(_, data)| data.len()).sum();
        own + self.moved.as_ref().map_or(0, |moved| moved.bytes())
    }

    /// The sections as `gimli` wants them.
    pub(super) fn dwarf(&self) -> Dwarf<Slice<'_>> {
        let load = |id| Ok::<_, gimli::Error>(self.section(id));
        let mut dwarf = Dwarf::load(load).unwrap_or_else(|_| Dwarf::default());
        if self.kind == Kind::Split {
            dwarf.file_type = DwarfFileType::Dwo;
        }
        dwarf
    }

    /// The parts of a package, each of one unit; none of what is no package.
    pub(super) fn package<'s>(&'s self, parent: &Dwarf<Slice<'s>>) -> Vec<Dwarf<Slice<'s>>> {
        let load = |id| Ok::<_, gimli::Error>(self.section(id));
        let empty = EndianSlice::new(&[], self.endian);
        let Ok(package) = DwarfPackage::load(load, empty) else {
            return Vec::new();
        };
        let units = (1..=package.cu_index.unit_count()).map(|row| package.cu_sections(row, parent));
        let types = (1..=package.tu_index.unit_count()).map(|row| package.tu_sections(row, parent));
        units.chain(types).flatten().collect()
    }

    fn section(&self, id: SectionId) -> Slice<'_> {
        let found = self.data.iter().find(|(known, _)| *known == id);
        EndianSlice::new(found.map_or(&[], |(_, data)| data.as_ref()), self.endian)
    }
}

/// What the linker would fill in, by place; empty for a linked file, where it is done.
type RelocationMap = Vec<(u64, u8, object::read::RelocationMap)>;

fn relocations<'a, R: object::ReadRef<'a>>(
    object: &File<'a, R>,
    section: &object::Section<'a, '_, R>,
) -> RelocationMap {
    if object.kind() != ObjectKind::Relocatable {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (at, relocation) in section.relocations() {
        let size = relocation.size() / 8;
        // What is of no use for types (thread-local addresses, differences) is left as it is.
        let mut map = object::read::RelocationMap::default();
        if matches!(size, 4 | 8) && map.add(object, at, relocation).is_ok() {
            found.push((at, size, map));
        }
    }
    found
}

fn relocate(bytes: &mut [u8], relocations: &RelocationMap, endian: RunTimeEndian) {
    let little = endian == RunTimeEndian::Little;
    for (at, size, map) in relocations {
        let (from, size) = (*at as usize, usize::from(*size));
        let Some(place) = from.checked_add(size).and_then(|to| bytes.get_mut(from..to)) else {
            continue;
        };
        let mut number = [0u8; 8];
        if little {
            number[..size].copy_from_slice(place);
            let value = map.relocate(*at, u64::from_le_bytes(number)).to_le_bytes();
            place.copy_from_slice(&value[..size]);
        } else {
            number[8 - size..].copy_from_slice(place);
            let value = map.relocate(*at, u64::from_be_bytes(number)).to_be_bytes();
            place.copy_from_slice(&value[8 - size..]);
        }
    }
}

fn check_kind(file: &[u8]) -> Result<(), Refusal> {
    let refused = match FileKind::parse(file) {
        Ok(FileKind::MachOFat32 | FileKind::MachOFat64) => {
            "several binaries in one; take one out with `lipo -thin` first"
        }
        Ok(_) => return Ok(()),
        Err(_) if file.starts_with(b"Microsoft C/C++ MSF 7.00") => {
            "a PDB file, which is not read: a build for Linux (ELF) or macOS, or one by MinGW \
             with -g, shows the same layouts for most types"
        }
        Err(_) if file.starts_with(b"\0asm") => {
            "a WebAssembly module, which is not read: a build for this machine shows the layouts \
             of a program of 64 bits"
        }
        Err(_) if file.starts_with(b"MZ") => "a Windows program that is not complete",
        Err(_) => "not a program, library or object file (ELF, Mach-O or PE)",
    };
    Err(Refusal::usage(format!("the file is {refused}")))
}

/// No types are described: says why, as far as it can be seen.
fn nothing<'a>(object: &File<'a, impl object::ReadRef<'a>>) -> Refusal {
    let has = |name: &str| object.section_by_name(name).is_some();
    if matches!(object, File::Pe32(_) | File::Pe64(_)) {
        return Refusal::missing(
            "a Windows program whose types are in a PDB file, which is not read: build it by \
             MinGW with -g, or for Linux (ELF) or macOS",
        );
    }
    if let Ok(Some((name, _))) = object.gnu_debuglink() {
        let name = String::from_utf8_lossy(name);
        return Refusal::missing(format!(
            "the debug information was moved to the file {name}, which is neither beside this one \
             nor in /usr/lib/debug: give that one"
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
