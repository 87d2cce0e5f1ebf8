//! One compilation unit: its language, its compiler, and how to read an entry of it.

use std::borrow::Cow;
use std::ffi::CStr;
use std::sync::Arc;

use gimli::{
    Abbreviations, AttributeValue, DebugStrOffsetsBase, DebuggingInformationEntry, Dwarf,
    DwarfFileType, Section, UnitHeader, UnitType, constants as dw,
};

use crate::dwarf::sections::Slice;

/// An entry of the debug information: a type, a field, a name space.
pub(super) type Entry<'a> = DebuggingInformationEntry<Slice<'a>>;

/// The language a unit was written in, as far as names and layouts differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    Rust,
    Go,
    C,
}

/// A unit, ready to be read.
pub(super) struct Unit<'a> {
    pub(super) header: UnitHeader<Slice<'a>>,
    pub(super) abbreviations: Arc<Abbreviations>,
    pub(super) language: Language,
    /// The compiler, in its own words.
    pub(super) producer: String,
    /// Its types are in another file (`-gsplit-dwarf`).
    pub(super) split: bool,
    strings: DebugStrOffsetsBase<usize>,
}

impl<'a> Unit<'a> {
    /// The unit behind `header`.
    pub(super) fn new(
        dwarf: &Dwarf<Slice<'a>>,
        header: UnitHeader<Slice<'a>>,
    ) -> gimli::Result<Unit<'a>> {
        let abbreviations = dwarf.abbreviations(&header)?;
        let main = DwarfFileType::Main;
        let mut unit = Unit {
            strings: DebugStrOffsetsBase::default_for_encoding_and_file(header.encoding(), main),
            header,
            abbreviations,
            language: Language::C,
            producer: String::new(),
            split: matches!(header.type_(), UnitType::Skeleton(_)),
        };
        let mut root = Entry::null();
        unit.header.entries_raw(&unit.abbreviations, None)?.read_entry(&mut root)?;
        if let Some(AttributeValue::DebugStrOffsetsBase(base)) =
            root.attr_value(dw::DW_AT_str_offsets_base)
        {
            unit.strings = base;
        }
        unit.split |= root.has_attr(dw::DW_AT_GNU_dwo_name) || root.has_attr(dw::DW_AT_dwo_name);
        unit.language = match root.attr_value(dw::DW_AT_language) {
            Some(AttributeValue::Language(dw::DW_LANG_Rust)) => Language::Rust,
            Some(AttributeValue::Language(dw::DW_LANG_Go)) => Language::Go,
            _ => Language::C,
        };
        let producer = root.attr_value(dw::DW_AT_producer);
        unit.producer = producer.and_then(|p| unit.text(dwarf, p)).unwrap_or_default().into_owned();
        Ok(unit)
    }

    /// The bytes of a string attribute; `None` if it is none or lies outside its section.
    pub(super) fn string(
        &self,
        dwarf: &Dwarf<Slice<'a>>,
        value: AttributeValue<Slice<'a>>,
    ) -> Option<&'a [u8]> {
        let string = match value {
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
    pub(super) fn start_of(
        &self,
        dwarf: &Dwarf<Slice<'a>>,
        value: AttributeValue<Slice<'a>>,
    ) -> Option<&'a [u8]> {
        match value {
            AttributeValue::DebugStrRef(offset) => dwarf.debug_str.reader().slice().get(offset.0..),
            value => self.string(dwarf, value),
        }
    }

    /// A string attribute as text that can be printed on a terminal.
    pub(super) fn text(
        &self,
        dwarf: &Dwarf<Slice<'a>>,
        value: AttributeValue<Slice<'a>>,
    ) -> Option<Cow<'a, str>> {
        self.string(dwarf, value).map(printable)
    }

    /// The name of `entry`, if it has one.
    pub(super) fn name(&self, dwarf: &Dwarf<Slice<'a>>, entry: &Entry<'a>) -> Option<Cow<'a, str>> {
        self.text(dwarf, entry.attr_value(dw::DW_AT_name)?)
    }
}

/// The string at this offset of `.debug_str`, without its zero. As gimli finds it, only that std
/// looks for the zero a word at a time: of all names in a large binary that is a tenth of the time.
fn string_at<'a>(dwarf: &Dwarf<Slice<'a>>, offset: usize) -> Option<&'a [u8]> {
    let rest = dwarf.debug_str.reader().slice().get(offset..)?;
    Some(CStr::from_bytes_until_nul(rest).ok()?.to_bytes())
}

/// `bytes` as text without control characters: a name in a hostile file cannot move the cursor.
pub(super) fn printable(bytes: &[u8]) -> Cow<'_, str> {
    let text = String::from_utf8_lossy(bytes);
    if !text.contains(char::is_control) {
        return text;
    }
    Cow::Owned(text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect())
}
