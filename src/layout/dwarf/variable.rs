//! Looks a variable up by name: its type, and its address where that is fixed.

use std::sync::Arc;

use gimli::{AttributeValue, Operation, constants as dw};

use crate::dwarf::Refusal;
use crate::dwarf::copies::whole;
use crate::dwarf::found::Found;
use crate::dwarf::place::{Debug, Place};
use crate::dwarf::scan::Scan;
use crate::dwarf::types::Types;
use crate::dwarf::unit::{Entry, Unit};
use crate::{FieldLayout, Source, TypeLayout};

/// The type of the first variable called `name`, without its path, that is made of fields.
pub(super) fn find<'a>(
    debug: &Debug<'a>,
    scan: &Scan<'a>,
    name: &str,
) -> Result<Option<Found>, Refusal> {
    let last = name.rsplit([':', '.']).next().unwrap_or(name);
    if !debug.mentions(last) {
        return Ok(None);
    }
    let types = Types::new(debug, scan);
    for number in 0..debug.units() {
        let Ok(unit) = debug.unit(number) else { continue };
        for place in places(&unit, number, last).unwrap_or_default() {
            let entry = types.entry(place)?;
            let Some(layout) = layout(&types, place, &entry, name)? else { continue };
            let address = address(&unit, &entry);
            return Ok(Some(Found { types: vec![layout], address, ..Found::default() }));
        }
    }
    Ok(None)
}

/// The variables of a unit that are called `name` and have a place.
fn places(unit: &Unit<'_>, number: usize, name: &str) -> gimli::Result<Vec<Place>> {
    let mut raw = unit.header.entries_raw(&unit.abbreviations, None)?;
    let mut found = Vec::new();
    // Of those declared in a class or a name space, where.
    let mut declared = Vec::new();
    while !raw.is_empty() {
        let offset = raw.next_offset().0;
        let Some(abbreviation) = raw.read_abbreviation()? else { continue };
        let member = abbreviation.tag() == dw::DW_TAG_member;
        if abbreviation.tag() != dw::DW_TAG_variable && !member {
            raw.skip_attributes(abbreviation.attributes())?;
            continue;
        }
        let (mut named, mut placed) = (false, false);
        for attribute in abbreviation.attributes() {
            let value = raw.read_attribute(*attribute)?;
            match (attribute.name(), value.value()) {
                (dw::DW_AT_name, value) => {
                    named = unit.string(value).is_some_and(|text| text == name.as_bytes());
                }
                (dw::DW_AT_location, _) => placed = !member,
                (dw::DW_AT_specification, AttributeValue::UnitRef(of)) => {
                    named |= declared.contains(&of.0);
                }
                _ => {}
            }
        }
        if named && placed {
            found.push(Place { unit: number, offset });
        } else if named {
            declared.push(offset);
        }
    }
    Ok(found)
}

/// The layout of the variable's type under the variable's name; `None` for a number or a pointer.
fn layout<'a>(
    types: &Types<'_, 'a>,
    place: Place,
    entry: &Entry<'a>,
    name: &str,
) -> Result<Option<TypeLayout>, Refusal> {
    let mut of = types.type_of(place, entry)?;
    if let (None, Some(AttributeValue::UnitRef(told))) =
        (of, entry.attr_value(dw::DW_AT_specification))
    {
        let told = Place { unit: place.unit, offset: told.0 };
        of = types.type_of(told, &types.entry(told)?)?;
    }
    let Some(of) = of else { return Ok(None) };
    let type_name = types.name(of)?;
    let Some((repeat, shape, element)) = types.repeat(of)? else {
        let Some(mut layout) = whole(types, of)? else { return Ok(None) };
        layout.notes.push(format!("The variable {name} is of type {type_name}."));
        return Ok(Some(layout));
    };
    let Some(inner) = whole(types, element)? else { return Ok(None) };
    let size = repeat.count.saturating_mul(repeat.stride);
    let mut field = FieldLayout::new("", &type_name, 0..size);
    (field.word, field.repeat, field.shape) = (types.word(of)?, Some(repeat), shape);
    let (align, inferred, language) = (inner.align, inner.inferred, inner.language);
    let notes = vec![format!("The variable {name} is of type {type_name}.")];
    field.inner = Some(Arc::new(inner));
    let (name, fields, source) = (type_name, vec![field], Source::Dwarf);
    let layout = TypeLayout {
        name,
        size,
        align,
        inferred,
        language,
        fields,
        source,
        notes,
        ..TypeLayout::default()
    };
    Ok(Some(layout))
}

/// The address that a variable has in every run, but for where the program is loaded: at a page.
fn address(unit: &Unit<'_>, entry: &Entry<'_>) -> Option<u64> {
    let location = entry.attr_value(dw::DW_AT_location)?.exprloc_value()?;
    let mut operations = location.operations(unit.header.encoding());
    match (operations.next().ok()?, operations.next().ok()?) {
        (Some(Operation::Address { address }), None) => Some(address),
        _ => None,
    }
}
