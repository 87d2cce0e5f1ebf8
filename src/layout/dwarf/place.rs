//! The debug information as a whole: its units, and where in them an entry can be.

use std::collections::HashMap;

use gimli::{DebugInfoOffset, Dwarf, UnitHeader, UnitType};

use crate::dwarf::sections::{Sections, Slice};
use crate::dwarf::unit::Unit;

/// Where an entry starts: the number of its unit, and bytes from that unit's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) unit: usize,
    pub(super) offset: usize,
}

/// All units of a binary. Only their headers are kept: what is in them is read when it is needed,
/// and dropped again, because together they take more memory than the file.
pub(super) struct Debug<'a> {
    pub(super) dwarf: Dwarf<Slice<'a>>,
    /// Why some units are missing here; what they describe cannot be found.
    pub(super) unreadable: Option<gimli::Error>,
    /// Those of `.debug_info` by offset, then those of `.debug_types`.
    headers: Vec<UnitHeader<Slice<'a>>>,
    /// How many of `headers` are in `.debug_info`.
    info: usize,
    signatures: HashMap<u64, Place>,
}

impl<'a> Debug<'a> {
    /// Reads the headers of all units. What follows a damaged header is left out.
    pub(super) fn new(sections: &'a Sections<'_>) -> Debug<'a> {
        let dwarf = sections.dwarf();
        let (headers, signatures) = (Vec::new(), HashMap::new());
        let mut debug = Debug { dwarf, unreadable: None, headers, info: 0, signatures };
        let mut headers = debug.dwarf.units();
        while let Some(header) = headers.next().transpose() {
            debug.add(header);
        }
        debug.info = debug.headers.len();
        let mut headers = debug.dwarf.type_units();
        while let Some(header) = headers.next().transpose() {
            debug.add(header);
        }
        debug
    }

    fn add(&mut self, header: gimli::Result<UnitHeader<Slice<'a>>>) {
        match header {
            Ok(header) => {
                if let UnitType::Type { type_signature, type_offset } = header.type_() {
                    let place = Place { unit: self.headers.len(), offset: type_offset.0 };
                    self.signatures.insert(type_signature.0, place);
                }
                self.headers.push(header);
            }
            Err(error) => self.unreadable = Some(error),
        }
    }

    /// How many units there are.
    pub(super) fn units(&self) -> usize {
        self.headers.len()
    }

    /// The unit of this number, which is below [`Debug::units`].
    pub(super) fn unit(&self, number: usize) -> gimli::Result<Unit<'a>> {
        Unit::new(&self.dwarf, self.headers[number])
    }

    /// The place at `offset` of `.debug_info`; `None` if no unit lies there.
    pub(super) fn at(&self, offset: DebugInfoOffset<usize>) -> Option<Place> {
        let start = |header: &UnitHeader<Slice<'a>>| header.debug_info_offset().map_or(0, |o| o.0);
        let units = &self.headers[..self.info];
        let unit = units.partition_point(|header| start(header) <= offset.0).checked_sub(1)?;
        let within = offset.to_unit_offset(&units[unit])?;
        Some(Place { unit, offset: within.0 })
    }

    /// The place of the type with this signature, which has a unit of its own.
    pub(super) fn signed(&self, signature: u64) -> Option<Place> {
        self.signatures.get(&signature).copied()
    }
}
