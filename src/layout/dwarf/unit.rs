//! One compilation unit: its language, its compiler, and how to read an entry of it.

use std::borrow::Cow;
use std::ffi::CStr;
use std::sync::Arc;

use gimli::{
    Abbreviations, AttributeValue, DebugLineOffset, DebugStrOffsetsBase, DebuggingInformationEntry,
    Dwarf, DwarfFileType, Section, UnitHeader, UnitType, constants as dw,
};

use crate::Language;
use crate::dwarf::sections::Slice;

/// An entry of the debug information: a type, a field, a name space.
pub(super) type Entry<'a> = DebuggingInformationEntry<Slice<'a>>;

/// A unit, ready to be read.
pub(super) struct Unit<'a> {
    pub(super) dwarf: Arc<Dwarf<Slice<'a>>>,
    pub(super) header: UnitHeader<Slice<'a>>,
    pub(super) abbreviations: Arc<Abbreviations>,
    pub(super) language: Language,
    /// The compiler, in its own words.
    pub(super) producer: String,
    /// Its types are in another file (`-gsplit-dwarf`): its name, the folder it was built in, and
    /// the number that both have.
    pub(super) split: Option<Skeleton>,
    /// Where its line numbers are, which name its source files.
    pub(super) lines: Option<DebugLineOffset<usize>>,
    /// The crate or package of somebody else's that it is a part of.
    pub(super) foreign: Option<String>,
    strings: DebugStrOffsetsBase<usize>,
}

/// Where the types of a unit are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Skeleton {
    pub(super) file: String,
    pub(super) folder: String,
    pub(super) id: Option<u64>,
}

impl<'a> Unit<'a> {
    /// The unit behind `header`.
    pub(super) fn new(
        dwarf: &Arc<Dwarf<Slice<'a>>>,
        header: UnitHeader<Slice<'a>>,
    ) -> gimli::Result<Unit<'a>> {
        let abbreviations = dwarf.abbreviations(&header)?;
        let kind = dwarf.file_type;
        let mut unit = Unit {
            strings: DebugStrOffsetsBase::default_for_encoding_and_file(header.encoding(), kind),
            dwarf: dwarf.clone(),
            header,
            abbreviations,
            language: Language::Other,
            producer: String::new(),
            split: None,
            lines: None,
            foreign: None,
        };
        let mut root = Entry::null();
        unit.header.entries_raw(&unit.abbreviations, None)?.read_entry(&mut root)?;
        if let Some(AttributeValue::DebugStrOffsetsBase(base)) =
            root.attr_value(dw::DW_AT_str_offsets_base)
        {
            unit.strings = base;
        }
        if let Some(AttributeValue::DebugLineRef(offset)) = root.attr_value(dw::DW_AT_stmt_list) {
            unit.lines = Some(offset);
        }
        unit.split = unit.skeleton(&root);
        unit.language = match root.attr_value(dw::DW_AT_language) {
            Some(AttributeValue::Language(language)) => known(language),
            _ => Language::Other,
        };
        if unit.language == Language::Rust {
            let places = [dw::DW_AT_comp_dir, dw::DW_AT_name].map(|at| root.attr_value(at));
            let places = places.into_iter().flatten().filter_map(|place| unit.text(place));
            unit.foreign = places.filter_map(|place| package(&place)).next();
        }
        let producer = root.attr_value(dw::DW_AT_producer);
        unit.producer = producer.and_then(|p| unit.text(p)).unwrap_or_default().into_owned();
        if unit.producer.starts_with("zig ") {
            // By way of LLVM it says that it is C.
            unit.language = Language::Zig;
        }
        Ok(unit)
    }

    fn skeleton(&self, root: &Entry<'a>) -> Option<Skeleton> {
        let file = root.attr_value(dw::DW_AT_GNU_dwo_name);
        let file = self.text(file.or_else(|| root.attr_value(dw::DW_AT_dwo_name))?)?.into_owned();
        let folder = root.attr_value(dw::DW_AT_comp_dir).and_then(|folder| self.text(folder));
        let id = match (self.header.type_(), root.attr_value(dw::DW_AT_GNU_dwo_id)) {
            (UnitType::Skeleton(id), _) => Some(id.0),
            (_, Some(AttributeValue::DwoId(id))) => Some(id.0),
            (_, id) => id.and_then(|id| id.udata_value()),
        };
        // In the other file the name is that of the source.
        let split = self.dwarf.file_type == DwarfFileType::Dwo;
        (!split).then(|| Skeleton { file, folder: folder.unwrap_or_default().into_owned(), id })
    }

    /// The bytes of a string attribute; `None` if it is none or lies outside its section.
    pub(super) fn string(&self, value: AttributeValue<Slice<'a>>) -> Option<&'a [u8]> {
        let dwarf = &self.dwarf;
        let string = match value {
            AttributeValue::DebugStrRefSup(offset) => return string_at(dwarf.sup()?, offset.0),
            AttributeValue::String(string) => Ok(string),
            AttributeValue::DebugStrRef(offset) => return string_at(dwarf, offset.0),
            AttributeValue::DebugLineStrRef(offset) => dwarf.line_string(offset),
            AttributeValue::DebugStrOffsetsIndex(index) => {
                let format = self.header.format();
                let offset = dwarf.debug_str_offsets.get_str_offset(format, self.strings, index);
                return string_at(dwarf, offset.ok()?.0);
            }
            _ => return None,
        };
        string.ok().map(|string| string.slice())
    }

    /// Where a string attribute starts; what follows its zero is not part of it. Nothing is read to
    /// find its end, which in a large binary is far away.
    pub(super) fn start_of(&self, value: AttributeValue<Slice<'a>>) -> Option<&'a [u8]> {
        match value {
            AttributeValue::DebugStrRef(offset) => {
                self.dwarf.debug_str.reader().slice().get(offset.0..)
            }
            value => self.string(value),
        }
    }

    /// A string attribute as text that can be printed on a terminal.
    pub(super) fn text(&self, value: AttributeValue<Slice<'a>>) -> Option<Cow<'a, str>> {
        self.string(value).map(printable)
    }

    /// The name of `entry`, if it has one.
    pub(super) fn name(&self, entry: &Entry<'a>) -> Option<Cow<'a, str>> {
        self.text(entry.attr_value(dw::DW_AT_name)?)
    }
}

/// The string at this offset of `.debug_str`, without its zero. As gimli finds it, only that std
/// looks for the zero a word at a time: of all names in a large binary that is a tenth of the time.
fn string_at<'a>(dwarf: &Dwarf<Slice<'a>>, offset: usize) -> Option<&'a [u8]> {
    let rest = dwarf.debug_str.reader().slice().get(offset..)?;
    Some(CStr::from_bytes_until_nul(rest).ok()?.to_bytes())
}

/// The crate whose source lies at this path, if that is where packages are unpacked: `hashbrown` of
/// `/rust/deps/hashbrown-0.15.0/src/lib.rs`.
fn package(path: &str) -> Option<String> {
    let inside = ["/registry/src/", "/rust/deps/", "/git/checkouts/"].iter().find_map(|folder| {
        let (_, rest) = path.split_once(folder)?;
        Some(if *folder == "/registry/src/" { rest.split_once('/')?.1 } else { rest })
    });
    let folder = inside?.split('/').next()?;
    let version = |at: &usize| folder[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    let end = folder.match_indices('-').map(|(at, _)| at).find(version).unwrap_or(folder.len());
    Some(folder[..end].replace('-', "_"))
}

/// The language as far as layouts differ.
fn known(language: gimli::DwLang) -> Language {
    match language {
        dw::DW_LANG_Rust => Language::Rust,
        dw::DW_LANG_Go => Language::Go,
        dw::DW_LANG_D => Language::D,
        dw::DW_LANG_C | dw::DW_LANG_C89 | dw::DW_LANG_C99 | dw::DW_LANG_C11 | dw::DW_LANG_C17 => {
            Language::C
        }
        dw::DW_LANG_C_plus_plus
        | dw::DW_LANG_C_plus_plus_03
        | dw::DW_LANG_C_plus_plus_11
        | dw::DW_LANG_C_plus_plus_14
        | dw::DW_LANG_C_plus_plus_17
        | dw::DW_LANG_C_plus_plus_20 => Language::Cpp,
        dw::DW_LANG_Fortran77
        | dw::DW_LANG_Fortran90
        | dw::DW_LANG_Fortran95
        | dw::DW_LANG_Fortran03
        | dw::DW_LANG_Fortran08 => Language::Fortran,
        dw::DW_LANG_Zig => Language::Zig,
        _ => Language::Other,
    }
}

/// `bytes` as text without control characters: a name in a hostile file cannot move the cursor.
pub(super) fn printable(bytes: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(bytes);
    if !text.contains(char::is_control) {
        return text;
    }
    Cow::Owned(text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect())
}
