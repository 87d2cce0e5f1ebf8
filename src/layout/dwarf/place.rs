//! The debug information as a whole: its units, and how one entry refers to another.

use std::collections::HashMap;

use gimli::{AttributeValue, Dwarf, UnitHeader, UnitType, constants as dw};

use crate::layout::dwarf::Refusal;
use crate::layout::dwarf::sections::{Sections, Slice};
use crate::layout::dwarf::unit::{Entry, Unit};

/// Where an entry starts: the number of its unit, and bytes from that unit's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) unit: usize,
    pub(super) offset: usize,
}

/// All units of a binary.
pub(super) struct Debug<'a> {
    pub(super) dwarf: Dwarf<Slice<'a>>,
    /// Those of `.debug_info` by offset, then those of `.debug_types`.
    pub(super) units: Vec<Unit<'a>>,
    /// Why some units are missing here; what they describe cannot be found.
    pub(super) unreadable: Option<gimli::Error>,
    /// How many of `units` are in `.debug_info`.
    info: usize,
    signatures: HashMap<u64, Place>,
}

impl<'a> Debug<'a> {
    /// Reads the headers of all units. Units behind a damaged header are left out.
    pub(super) fn new(sections: &'a Sections) -> Debug<'a> {
        let dwarf = sections.dwarf();
        let (units, signatures) = (Vec::new(), HashMap::new());
        let mut debug = Debug {
            dwarf,
            units,
            unreadable: None,
            info: 0,
            signatures,
        };
        let mut headers = debug.dwarf.units();
        while let Some(header) = headers.next().transpose() {
            debug.add(header);
        }
        debug.info = debug.units.len();
        let mut headers = debug.dwarf.type_units();
        while let Some(header) = headers.next().transpose() {
            debug.add(header);
        }
        debug
    }

    fn add(&mut self, header: gimli::Result<UnitHeader<Slice<'a>>>) {
        let kind = header.as_ref().ok().map(UnitHeader::type_);
        match header.and_then(|header| Unit::new(&self.dwarf, header)) {
            Ok(unit) => self.units.push(unit),
            Err(error) => {
                self.unreadable = Some(error);
                return;
            }
        }
        if let Some(UnitType::Type {
            type_signature,
            type_offset,
        }) = kind
        {
            let place = Place {
                unit: self.units.len() - 1,
                offset: type_offset.0,
            };
            self.signatures.insert(type_signature.0, place);
        }
    }

    /// The entry at `place`.
    pub(super) fn entry(&self, place: Place) -> Result<Entry<'a>, Refusal> {
        let unit = &self.units[place.unit];
        let mut entry = Entry::null();
        let at = Some(gimli::UnitOffset(place.offset));
        if !unit
            .header
            .entries_raw(&unit.abbreviations, at)?
            .read_entry(&mut entry)?
        {
            return Err(Refusal::damaged("a reference to nothing"));
        }
        Ok(entry)
    }

    /// The entries directly below the one at `place`.
    pub(super) fn children(&self, place: Place) -> Result<Vec<Entry<'a>>, Refusal> {
        let unit = &self.units[place.unit];
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

    /// What `entry`, which lies in unit number `unit`, refers to as its type; `None` for `void`.
    pub(super) fn type_of(&self, unit: usize, entry: &Entry<'a>) -> Result<Option<Place>, Refusal> {
        entry
            .attr_value(dw::DW_AT_type)
            .map(|value| self.resolve(unit, value))
            .transpose()
    }

    /// The entry at `place` or, if it only announces a type that has a unit of its own, that one.
    pub(super) fn definition(&self, place: Place) -> Result<(Place, Entry<'a>), Refusal> {
        let entry = self.entry(place)?;
        match entry.attr_value(dw::DW_AT_signature) {
            Some(value) => {
                let place = self.resolve(place.unit, value)?;
                Ok((place, self.entry(place)?))
            }
            None => Ok((place, entry)),
        }
    }

    fn resolve(&self, unit: usize, value: AttributeValue<Slice<'a>>) -> Result<Place, Refusal> {
        match value {
            AttributeValue::UnitRef(offset) => Ok(Place {
                unit,
                offset: offset.0,
            }),
            AttributeValue::DebugInfoRef(offset) => {
                let start = |unit: &Unit<'a>| unit.header.debug_info_offset().map_or(0, |at| at.0);
                let unit = self.units[..self.info].partition_point(|unit| start(unit) <= offset.0);
                let unit = unit
                    .checked_sub(1)
                    .ok_or_else(|| Refusal::damaged("a stray reference"))?;
                let within = offset.to_unit_offset(&self.units[unit].header);
                let within = within.ok_or_else(|| Refusal::damaged("a stray reference"))?;
                Ok(Place {
                    unit,
                    offset: within.0,
                })
            }
            AttributeValue::DebugTypesRef(signature) => {
                let place = self.signatures.get(&signature.0).copied();
                place.ok_or_else(|| Refusal::damaged("a type unit is missing"))
            }
            AttributeValue::DebugInfoRefSup(_) => Err(Refusal::missing(
                "part of the debug information was moved to another file by `dwz`, which is not \
                 read: give a binary that `dwz` has not touched",
            )),
            _ => Err(Refusal::damaged("a reference of an unknown kind")),
        }
    }
}
