//! A number for what a type is made of, by which copies in many units are recognised unread.

use std::collections::HashMap;

use gimli::{AttributeValue, DwTag, EntriesRaw, constants as dw};

use crate::dwarf::sections::Slice;
use crate::dwarf::unit::Unit;

/// Types in types in types: below this only names count.
const DEEPEST: usize = 64;

/// The signatures of one unit's types.
pub(super) struct Signatures<'u, 'a> {
    unit: &'u Unit<'a>,
    known: HashMap<usize, u64>,
}

impl<'u, 'a> Signatures<'u, 'a> {
    /// Of the types of `unit`.
    pub(super) fn new(unit: &'u Unit<'a>) -> Signatures<'u, 'a> {
        Signatures { unit, known: HashMap::new() }
    }

    /// The signature of the entry at `offset`: its attributes, those of the entries below it, and
    /// the types that it holds by value. Of a type it points to, only the name counts. Types of one
    /// signature have one layout; those of different signatures may, too.
    pub(super) fn of(&mut self, offset: usize) -> gimli::Result<u64> {
        self.within(offset, 0)
    }

    fn within(&mut self, offset: usize, depth: usize) -> gimli::Result<u64> {
        if let Some(&known) = self.known.get(&offset) {
            return Ok(known);
        }
        // Until it is known: a type that holds itself is damaged, and told so when it is read.
        self.known.insert(offset, 1);
        let at = Some(gimli::UnitOffset(offset));
        let unit = self.unit;
        let mut raw = unit.header.entries_raw(&unit.abbreviations, at)?;
        let mut signature = self.entry(&mut raw, depth)?;
        while raw.next_depth() > 0 && !raw.is_empty() {
            signature = mix(signature, raw.next_depth() as u64);
            signature = mix(signature, self.entry(&mut raw, depth)?);
        }
        self.known.insert(offset, signature);
        Ok(signature)
    }

    /// The signature of the next entry alone.
    fn entry(&mut self, raw: &mut EntriesRaw<'_, Slice<'a>>, depth: usize) -> gimli::Result<u64> {
        let Some(abbreviation) = raw.read_abbreviation()? else {
            return Ok(0);
        };
        let tag = abbreviation.tag();
        // Functions are no part of a value.
        if matches!(tag, dw::DW_TAG_subprogram | dw::DW_TAG_formal_parameter) {
            raw.skip_attributes(abbreviation.attributes())?;
            return Ok(2);
        }
        let mut signature = u64::from(tag.0);
        for attribute in abbreviation.attributes() {
            if !counts(attribute.name()) {
                raw.skip_attributes(std::slice::from_ref(attribute))?;
                continue;
            }
            let value = raw.read_attribute(*attribute)?.value();
            let value = match value {
                AttributeValue::UnitRef(to) if attribute.name() == dw::DW_AT_type => {
                    if points(tag) || depth >= DEEPEST {
                        self.name(to.0, 0)?
                    } else {
                        self.within(to.0, depth + 1)?
                    }
                }
                value => plain(&value),
            };
            signature = mix(signature, u64::from(attribute.name().0));
            signature = mix(signature, value);
        }
        Ok(signature)
    }

    /// A number for what the entry at `offset` is called, through pointers and the like.
    fn name(&mut self, offset: usize, depth: usize) -> gimli::Result<u64> {
        let at = Some(gimli::UnitOffset(offset));
        let mut raw = self.unit.header.entries_raw(&self.unit.abbreviations, at)?;
        let Some(abbreviation) = raw.read_abbreviation()? else {
            return Ok(0);
        };
        let (mut name, mut next) = (u64::from(abbreviation.tag().0), None);
        let mut named = false;
        for attribute in abbreviation.attributes() {
            let matters = matches!(attribute.name(), dw::DW_AT_name | dw::DW_AT_type);
            if !matters {
                raw.skip_attributes(std::slice::from_ref(attribute))?;
                continue;
            }
            match raw.read_attribute(*attribute)?.value() {
                AttributeValue::UnitRef(to) => next = Some(to.0),
                value => {
                    named |= attribute.name() == dw::DW_AT_name;
                    name = mix(name, plain(&value));
                }
            }
        }
        match next {
            Some(next) if !named && depth < DEEPEST => Ok(mix(name, self.name(next, depth + 1)?)),
            _ => Ok(name),
        }
    }
}

/// Whether this says something about the bytes of a value, or what they are called.
fn counts(attribute: gimli::DwAt) -> bool {
    !matches!(
        attribute,
        dw::DW_AT_decl_file
            | dw::DW_AT_decl_line
            | dw::DW_AT_decl_column
            | dw::DW_AT_sibling
            | dw::DW_AT_accessibility
            | dw::DW_AT_prototyped
            | dw::DW_AT_containing_type
            | dw::DW_AT_object_pointer
            | dw::DW_AT_linkage_name
            | dw::DW_AT_MIPS_linkage_name
            | dw::DW_AT_calling_convention
            | dw::DW_AT_specification
            | dw::DW_AT_abstract_origin
    )
}

/// Whether a value of this kind holds only an address of what it names.
fn points(tag: DwTag) -> bool {
    matches!(
        tag,
        dw::DW_TAG_pointer_type
            | dw::DW_TAG_reference_type
            | dw::DW_TAG_rvalue_reference_type
            | dw::DW_TAG_ptr_to_member_type
            | dw::DW_TAG_subroutine_type
            | dw::DW_TAG_template_type_parameter
    )
}

fn plain(value: &AttributeValue<Slice<'_>>) -> u64 {
    let bytes = |bytes: &[u8]| bytes.iter().fold(3, |key, &byte| mix(key, byte.into()));
    match value {
        AttributeValue::DebugStrRef(offset) => offset.0 as u64,
        AttributeValue::DebugLineStrRef(offset) => offset.0 as u64,
        AttributeValue::DebugStrRefSup(offset) => offset.0 as u64,
        AttributeValue::DebugStrOffsetsIndex(index) => index.0 as u64,
        AttributeValue::DebugInfoRef(offset) => offset.0 as u64,
        AttributeValue::DebugInfoRefSup(offset) => offset.0 as u64,
        AttributeValue::DebugTypesRef(signature) => signature.0,
        AttributeValue::UnitRef(_) => 5,
        AttributeValue::String(text) => bytes(text.slice()),
        AttributeValue::Block(block) => bytes(block.slice()),
        AttributeValue::Exprloc(expression) => bytes(expression.0.slice()),
        AttributeValue::Flag(set) => u64::from(*set),
        AttributeValue::Sdata(number) => *number as u64,
        AttributeValue::Data16(number) => mix(*number as u64, (*number >> 64) as u64),
        AttributeValue::Encoding(encoding) => u64::from(encoding.0),
        value => value.udata_value().unwrap_or(7),
    }
}

/// Both numbers in one, every bit of either spread over all.
pub(super) fn mix(key: u64, with: u64) -> u64 {
    const FIRST: u128 = 0x9e37_79b9_7f4a_7c15;
    const SECOND: u128 = 0xf39c_c060_5ced_c835;
    let key = (key ^ with.rotate_left(32)).wrapping_add(0x2545_f491_4f6c_dd1d);
    let wide = (u128::from(key) * FIRST) ^ (u128::from(with) * SECOND);
    (wide as u64) ^ (wide >> 64) as u64
}
