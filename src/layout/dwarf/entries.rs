//! Reads single entries of the debug information, and follows their references to others.

use std::rc::Rc;

use gimli::{AttributeValue, constants as dw};

use crate::dwarf::Refusal;
use crate::dwarf::place::Place;
use crate::dwarf::sections::Slice;
use crate::dwarf::types::Types;
use crate::dwarf::unit::{Entry, Unit};

/// Units kept at a time: with all of a large binary the memory would be a multiple of the file.
const MOST_UNITS: usize = 64;

impl<'a> Types<'_, 'a> {
    /// The unit that `place` is in.
    pub(super) fn unit(&self, place: Place) -> Result<Rc<Unit<'a>>, Refusal> {
        if let Some(known) = self.units.borrow().get(&place.unit) {
            return Ok(known.clone());
        }
        let unit = Rc::new(self.debug.unit(place.unit)?);
        let mut units = self.units.borrow_mut();
        if units.len() >= MOST_UNITS {
            units.clear();
            self.outlines.borrow_mut().clear();
            self.files.borrow_mut().clear();
        }
        units.insert(place.unit, unit.clone());
        Ok(unit)
    }

    /// The entry at `place`.
    pub(super) fn entry(&self, place: Place) -> Result<Entry<'a>, Refusal> {
        let unit = self.unit(place)?;
        let mut entry = Entry::null();
        let at = Some(gimli::UnitOffset(place.offset));
        if !unit.header.entries_raw(&unit.abbreviations, at)?.read_entry(&mut entry)? {
            return Err(Refusal::damaged("a reference to nothing"));
        }
        Ok(entry)
    }

    /// The entries directly below the one at `place`.
    pub(super) fn children(&self, place: Place) -> Result<Vec<Entry<'a>>, Refusal> {
        let unit = self.unit(place)?;
        let at = Some(gimli::UnitOffset(place.offset));
        let mut raw = unit.header.entries_raw(&unit.abbreviations, at)?;
        let mut children = Vec::new();
        let mut entry = Entry::null();
        raw.read_entry(&mut entry)?;
        if !entry.has_children() {
            return Ok(children);
        }
        while raw.next_depth() > 0 && !raw.is_empty() {
            if raw.next_depth() == 1 {
                let mut child = Entry::null();
                if raw.read_entry(&mut child)? {
                    children.push(child);
                }
            } else if let Some(deeper) = raw.read_abbreviation()? {
                raw.skip_attributes(deeper.attributes())?;
            }
        }
        Ok(children)
    }

    /// What `entry`, which lies in the unit of `near`, refers to as its type; `None` for `void`.
    pub(super) fn type_of(&self, near: Place, entry: &Entry<'a>) -> Result<Option<Place>, Refusal> {
        entry.attr_value(dw::DW_AT_type).map(|value| self.resolve(near, value)).transpose()
    }

    /// The entry at `place` or, if it only announces a type that has a unit of its own, that one.
    pub(super) fn definition(&self, place: Place) -> Result<(Place, Entry<'a>), Refusal> {
        let entry = self.entry(place)?;
        match entry.attr_value(dw::DW_AT_signature) {
            Some(value) => {
                let place = self.resolve(place, value)?;
                Ok((place, self.entry(place)?))
            }
            None => Ok((place, entry)),
        }
    }

    /// What `value`, of an entry in the unit of `near`, refers to.
    pub(super) fn resolve(
        &self,
        near: Place,
        value: AttributeValue<Slice<'a>>,
    ) -> Result<Place, Refusal> {
        let stray = || Refusal::damaged("a reference to nowhere");
        match value {
            AttributeValue::UnitRef(offset) => Ok(Place { unit: near.unit, offset: offset.0 }),
            AttributeValue::DebugInfoRef(offset) => {
                self.debug.at(near.unit, offset, false).ok_or_else(stray)
            }
            AttributeValue::DebugTypesRef(signature) => {
                self.debug.signed(signature.0).ok_or_else(stray)
            }
            AttributeValue::DebugInfoRefSup(offset) => {
                self.debug.at(near.unit, offset, true).ok_or_else(stray)
            }
            _ => Err(Refusal::damaged("a reference of an unknown kind")),
        }
    }
}
