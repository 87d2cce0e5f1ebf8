//! Walks through a unit from end to end and finds every named type, with the path of its name.

use std::collections::HashMap;

use gimli::{AttributeValue, DwTag, Dwarf, constants as dw};

use crate::layout::dwarf::sections::Slice;
use crate::layout::dwarf::unit::{Language, Unit, printable};

/// A named type, or a name for an unnamed one.
pub(super) struct Named<'w, 'a> {
    /// Where its entry starts, from the start of the unit.
    pub(super) offset: usize,
    pub(super) tag: DwTag,
    /// The last part of its name; empty for an unnamed type.
    pub(super) name: &'a [u8],
    /// It says of what the type is made.
    pub(super) defined: bool,
    /// It is a variant of the enum around it.
    pub(super) variant: bool,
    scopes: &'w [Scope<'a>],
    /// The whole name, where it was said elsewhere.
    elsewhere: Option<&'w String>,
    language: Language,
}

/// What a type lies in: a module, a namespace, another type.
struct Scope<'a> {
    depth: isize,
    name: &'a [u8],
    /// It turned out to have variants.
    variants: bool,
    /// Its whole name, where it was said elsewhere.
    elsewhere: Option<String>,
}

impl Named<'_, '_> {
    /// The whole name, `a::b::T`; empty for an unnamed type. Go's names are whole already.
    pub(super) fn path(&self) -> String {
        if let Some(path) = self.elsewhere {
            return path.clone();
        }
        if self.name.is_empty() || self.language == Language::Go {
            return printable(self.name).into_owned();
        }
        let mut path = String::new();
        for scope in self.scopes {
            if let Some(whole) = &scope.elsewhere {
                path.clone_from(whole);
            } else {
                path.push_str(&printable(if scope.name.is_empty() {
                    b"(anonymous)"
                } else {
                    scope.name
                }));
            }
            path.push_str("::");
        }
        path + &printable(self.name)
    }
}

/// Calls `visit` for every type of `unit` that has a name or could be given one by a `typedef`.
pub(super) fn walk<'a>(
    dwarf: &Dwarf<Slice<'a>>,
    unit: &Unit<'a>,
    mut visit: impl FnMut(Named<'_, 'a>),
) -> gimli::Result<()> {
    let mut raw = unit.header.entries_raw(&unit.abbreviations, None)?;
    let mut scopes: Vec<Scope<'a>> = Vec::new();
    let mut declared: HashMap<usize, String> = HashMap::new();
    while !raw.is_empty() {
        let offset = raw.next_offset().0;
        let depth = raw.next_depth();
        let Some(abbreviation) = raw.read_abbreviation()? else {
            continue;
        };
        while scopes.last().is_some_and(|scope| scope.depth >= depth) {
            scopes.pop();
        }
        let tag = abbreviation.tag();
        if tag == dw::DW_TAG_variant_part
            && let Some(scope) = scopes.last_mut()
        {
            scope.variants = true;
        }
        if !is_type(tag) && tag != dw::DW_TAG_namespace {
            raw.skip_attributes(abbreviation.attributes())?;
            continue;
        }
        let (mut name, mut defined, mut specified): (&[u8], _, _) = (&[], true, None);
        for &attribute in abbreviation.attributes() {
            let attribute = raw.read_attribute(attribute)?;
            match (attribute.name(), attribute.value()) {
                (dw::DW_AT_name, value) => name = unit.string(dwarf, value).unwrap_or_default(),
                (dw::DW_AT_declaration, _) => defined = false,
                (dw::DW_AT_specification, AttributeValue::UnitRef(at)) => specified = Some(at.0),
                _ => {}
            }
        }
        let elsewhere = specified.and_then(|at| declared.get(&at).cloned());
        if tag != dw::DW_TAG_namespace {
            let variant = scopes.last().is_some_and(|scope| scope.variants);
            let (scopes, elsewhere) = (scopes.as_slice(), elsewhere.as_ref());
            let language = unit.language;
            let named = Named { offset, tag, name, defined, variant, scopes, elsewhere, language };
            if !defined {
                declared.insert(offset, named.path());
            }
            visit(named);
        }
        if abbreviation.has_children() {
            scopes.push(Scope { depth, name, variants: false, elsewhere });
        }
    }
    Ok(())
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
