//! The outline of a unit: its name spaces and types, each with what it lies in.

use gimli::{AttributeValue, DwAt, DwTag, constants as dw};

use crate::Language;

use crate::dwarf::sections::Slice;
use crate::dwarf::signature::mix;
use crate::dwarf::unit::{Unit, printable};

/// Types in types in types: of a longer path only the end is told.
const LONGEST_PATH: usize = 200;

/// A name space, a type, or a name for a type.
pub(super) struct Node<'a> {
    /// Where its entry starts, from the start of the unit.
    pub(super) offset: usize,
    pub(super) tag: DwTag,
    /// The last part of its name. It is looked up only when it is asked for: most never are.
    pub(super) name: Option<AttributeValue<Slice<'a>>>,
    /// It says of what the type is made.
    pub(super) defined: bool,
    /// It is a variant of the enum around it.
    pub(super) variant: bool,
    /// It turned out to have variants.
    variants: bool,
    /// The number of the node it lies in.
    parent: Option<usize>,
    /// Where the type was announced that it defines.
    announced: Option<usize>,
}

/// The nodes of a unit by offset.
pub(super) struct Outline<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// Why it ends before the unit does.
    pub(super) damage: Option<gimli::Error>,
}

impl<'a> Outline<'a> {
    /// Goes through `unit` from end to end.
    pub(super) fn of(unit: &Unit<'a>) -> Outline<'a> {
        let mut outline = Outline { nodes: Vec::new(), damage: None };
        outline.damage = outline.read(unit).err();
        outline
    }

    fn read(&mut self, unit: &Unit<'a>) -> gimli::Result<()> {
        let mut raw = unit.header.entries_raw(&unit.abbreviations, None)?;
        // The nodes we are in, each with its depth.
        let mut around: Vec<(isize, usize)> = Vec::new();
        while !raw.is_empty() {
            let offset = raw.next_offset().0;
            let depth = raw.next_depth();
            let Some(abbreviation) = raw.read_abbreviation()? else {
                continue;
            };
            while around.last().is_some_and(|&(of, _)| of >= depth) {
                around.pop();
            }
            let parent = around.last().map(|&(_, node)| node);
            let (tag, attributes) = (abbreviation.tag(), abbreviation.attributes());
            if let (dw::DW_TAG_variant_part, Some(parent)) = (tag, parent) {
                self.nodes[parent].variants = true;
            }
            if !is_type(tag) && tag != dw::DW_TAG_namespace {
                raw.skip_attributes(attributes)?;
                continue;
            }
            let variant = parent.is_some_and(|parent| self.nodes[parent].variants);
            let (name, defined, variants, announced) = (None, true, false, None);
            let mut node =
                Node { offset, tag, name, defined, variant, variants, parent, announced };
            let mut from = 0;
            for (at, attribute) in attributes.iter().enumerate() {
                if matters(attribute.name()) {
                    raw.skip_attributes(&attributes[from..at])?;
                    from = at + 1;
                    node.note(attribute.name(), raw.read_attribute(*attribute)?.value());
                }
            }
            raw.skip_attributes(&attributes[from..])?;
            if abbreviation.has_children() {
                around.push((depth, self.nodes.len()));
            }
            self.nodes.push(node);
        }
        Ok(())
    }

    /// The number of the node at `offset`.
    pub(super) fn find(&self, offset: usize) -> Option<usize> {
        self.nodes.binary_search_by_key(&offset, |node| node.offset).ok()
    }

    /// The whole name of a node, `a::b::T`; empty for an unnamed type. The names of
    /// Go and Zig are whole already.
    pub(super) fn path(&self, unit: &Unit<'a>, number: usize) -> String {
        let name = |number: usize| {
            let name = self.nodes[number].name;
            name.and_then(|name| unit.string(name)).unwrap_or_default()
        };
        let mut at = self.first_told(number);
        let mut parts = vec![printable(name(at))];
        if parts[0].is_empty() || matches!(unit.language, Language::Go | Language::Zig) {
            return parts.remove(0).into_owned();
        }
        while let Some(parent) = self.nodes[at].parent {
            at = self.first_told(parent);
            if parts.len() == LONGEST_PATH {
                break;
            }
            let name = name(at);
            parts.push(if name.is_empty() { "(anonymous)".into() } else { printable(name) });
        }
        parts.reverse();
        parts.join("::")
    }

    /// A number for the whole name of a node: the same for the same name, as far as that lies at one
    /// place of the file.
    pub(super) fn key(&self, number: usize, unit: &Unit<'a>) -> u64 {
        let name_key = |name| name_key(unit, name);
        let mut at = self.first_told(number);
        let mut key = mix(0, name_key(self.nodes[at].name));
        let mut parts = 1;
        while let Some(parent) = self.nodes[at].parent {
            at = self.first_told(parent);
            key = mix(key, name_key(self.nodes[at].name));
            parts += 1;
            if parts == LONGEST_PATH {
                break;
            }
        }
        key
    }

    /// The node that announced this one; itself, if none did. Announcements come first, so that this
    /// leads to the front.
    fn first_told(&self, number: usize) -> usize {
        let announced = self.nodes[number].announced.and_then(|offset| self.find(offset));
        let first = |&first: &usize| {
            let node = &self.nodes[first];
            first < number && !node.defined && node.tag != dw::DW_TAG_namespace
        };
        announced.filter(first).unwrap_or(number)
    }
}

impl<'a> Node<'a> {
    fn note(&mut self, attribute: DwAt, value: AttributeValue<Slice<'a>>) {
        match (attribute, value) {
            (dw::DW_AT_name, value) => self.name = Some(value),
            (dw::DW_AT_declaration, _) => self.defined = false,
            (_, AttributeValue::UnitRef(at)) => self.announced = Some(at.0),
            _ => {}
        }
    }
}

/// A number for a name: its place in the file, or its bytes where it stands in the entry itself.
fn name_key<'a>(unit: &Unit<'a>, name: Option<AttributeValue<Slice<'a>>>) -> u64 {
    let bytes = |text: &[u8]| text.iter().fold(1 << 63, |key, &byte| mix(key, byte.into()));
    match name {
        Some(AttributeValue::DebugStrRef(offset)) => offset.0 as u64,
        Some(AttributeValue::DebugStrRefSup(offset)) => offset.0 as u64 | 1 << 62,
        Some(AttributeValue::DebugLineStrRef(offset)) => offset.0 as u64 | 1 << 61,
        Some(name) => unit.string(name).map_or(0, bytes),
        None => 0,
    }
}

fn matters(attribute: DwAt) -> bool {
    matches!(attribute, dw::DW_AT_name | dw::DW_AT_declaration | dw::DW_AT_specification)
}

/// Whether entries of this kind have a name in the scope they lie in.
fn is_type(tag: DwTag) -> bool {
    is_aggregate(tag) || tag == dw::DW_TAG_typedef
}

/// Whether entries of this kind have fields or variants.
pub(super) fn is_aggregate(tag: DwTag) -> bool {
    matches!(
        tag,
        dw::DW_TAG_structure_type
            | dw::DW_TAG_class_type
            | dw::DW_TAG_union_type
            | dw::DW_TAG_enumeration_type
    )
}
