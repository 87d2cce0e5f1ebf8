//! The debug information as a whole: its parts, their units, and where in them an entry can be.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use gimli::{DebugInfoOffset, Dwarf, DwarfFileType, Section, UnitHeader, UnitType};

use crate::dwarf::budget::Budget;
use crate::dwarf::sections::{Kind, Sections, Slice};
use crate::dwarf::unit::Unit;

/// Where an entry starts: the number of its unit, and bytes from that unit's start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Place {
    pub(super) unit: usize,
    pub(super) offset: usize,
}

/// The debug information of one file; there are several of an archive, or where parts were moved
/// to other files.
struct Part<'a> {
    dwarf: Arc<Dwarf<Slice<'a>>>,
    /// Its units in `.debug_info`, by offset.
    info: Range<usize>,
    /// The number of the part that `dwz` moved common entries to.
    common: Option<usize>,
}

/// All units of a binary. Only their headers are kept: what is in them is read when it is needed,
/// and dropped again, because together they take more memory than the file.
#[derive(Default)]
pub(super) struct Debug<'a> {
    /// Why some units are missing here; what they describe cannot be found.
    pub(super) unreadable: Option<gimli::Error>,
    parts: Vec<Part<'a>>,
    /// Each with the number of its part.
    headers: Vec<(usize, UnitHeader<Slice<'a>>)>,
    signatures: HashMap<u64, Place>,
    /// What may still be told of it.
    pub(super) budget: Budget,
}

impl<'a> Debug<'a> {
    /// Reads the headers of all units. What follows a damaged header is left out.
    pub(super) fn new(parts: &'a [Sections<'_>]) -> Debug<'a> {
        let bytes = parts.iter().map(Sections::bytes).sum();
        let mut debug = Debug { budget: Budget::of(bytes), ..Debug::default() };
        for sections in parts {
            let mut dwarf = sections.dwarf();
            let mut common = None;
            if let Some(moved) = &sections.moved {
                common = Some(debug.parts.len());
                debug.add(moved.dwarf(), None);
                dwarf.set_sup(moved.dwarf());
            }
            if sections.kind == Kind::Package {
                for part in sections.package(&dwarf) {
                    debug.add(part, None);
                }
                continue;
            }
            debug.add(dwarf, common);
        }
        debug
    }

    /// How many units were split off and are here.
    pub(super) fn split_units(&self) -> usize {
        let split = |part: usize| self.parts[part].dwarf.file_type == DwarfFileType::Dwo;
        let units = self.headers.iter().filter(|(part, header)| {
            let whole =
                matches!(header.type_(), UnitType::Compilation | UnitType::SplitCompilation(_));
            split(*part) && whole
        });
        units.count()
    }

    /// Adds a part whose bytes live as long as the others'.
    pub(super) fn add(&mut self, dwarf: Dwarf<Slice<'a>>, common: Option<usize>) {
        let part = self.parts.len();
        let first = self.headers.len();
        let mut headers = dwarf.units();
        while let Some(header) = headers.next().transpose() {
            self.header(part, header);
        }
        let info = first..self.headers.len();
        let mut headers = dwarf.type_units();
        while let Some(header) = headers.next().transpose() {
            self.header(part, header);
        }
        self.parts.push(Part { dwarf: Arc::new(dwarf), info, common });
    }

    fn header(&mut self, part: usize, header: gimli::Result<UnitHeader<Slice<'a>>>) {
        match header {
            Ok(header) => {
                if let UnitType::Type { type_signature, type_offset }
                | UnitType::SplitType { type_signature, type_offset } = header.type_()
                {
                    let place = Place { unit: self.headers.len(), offset: type_offset.0 };
                    self.signatures.entry(type_signature.0).or_insert(place);
                }
                self.headers.push((part, header));
            }
            Err(error) => self.unreadable = Some(error),
        }
    }

    /// Whether this stands anywhere as the end of a string: what does not is no name.
    pub(super) fn mentions(&self, name: &str) -> bool {
        let wanted = [name.as_bytes(), &[0]].concat();
        let finder = memchr::memmem::Finder::new(&wanted);
        self.parts.iter().any(|part| {
            let dwarf = &part.dwarf;
            let strings = [dwarf.debug_str.reader(), dwarf.debug_line_str.reader()];
            // A short name may stand in its entry.
            let entries = [dwarf.debug_info.reader(), dwarf.debug_types.reader()];
            let mut all = strings.into_iter().chain(entries);
            all.any(|section| finder.find(section.slice()).is_some())
        })
    }

    /// How many units there are.
    pub(super) fn units(&self) -> usize {
        self.headers.len()
    }

    /// The unit of this number, which is below [`Debug::units`].
    pub(super) fn unit(&self, number: usize) -> gimli::Result<Unit<'a>> {
        let (part, header) = self.headers[number];
        Unit::new(&self.parts[part].dwarf, header)
    }

    /// The number of the part that the unit of this number is in.
    pub(super) fn part_of(&self, number: usize) -> usize {
        self.headers[number].0
    }

    /// The place at `offset` of the `.debug_info` that the unit of number `near` is in, or in the
    /// part that `dwz` moved entries to; `None` if no unit lies there.
    pub(super) fn at(
        &self,
        near: usize,
        offset: DebugInfoOffset<usize>,
        moved: bool,
    ) -> Option<Place> {
        let mut part = &self.parts[self.part_of(near)];
        if moved {
            part = &self.parts[part.common?];
        }
        let start = |header: &UnitHeader<Slice<'a>>| header.debug_info_offset().map_or(0, |o| o.0);
        let units = &self.headers[part.info.clone()];
        let after = units.partition_point(|(_, header)| start(header) <= offset.0);
        let within = after.checked_sub(1)?;
        let inside = offset.to_unit_offset(&units[within].1)?;
        Some(Place { unit: part.info.start + within, offset: inside.0 })
    }

    /// The place of the type with this signature, which has a unit of its own.
    pub(super) fn signed(&self, signature: u64) -> Option<Place> {
        self.signatures.get(&signature).copied()
    }
}
