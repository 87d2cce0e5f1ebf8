//! Where a type is declared: the file and the line.

use gimli::{AttributeValue, constants as dw};

use crate::Declared;
use crate::dwarf::Refusal;
use crate::dwarf::place::Place;
use crate::dwarf::size::number;
use crate::dwarf::types::Types;
use crate::dwarf::unit::{Entry, printable};

impl<'a> Types<'_, 'a> {
    /// Where the type that `entry`, at `place`, describes is declared, if that is told.
    pub(super) fn declared(
        &self,
        place: Place,
        entry: &Entry<'a>,
    ) -> Result<Option<Declared>, Refusal> {
        let line = number(entry, dw::DW_AT_decl_line).and_then(|line| u32::try_from(line).ok());
        let file = match entry.attr_value(dw::DW_AT_decl_file) {
            Some(AttributeValue::FileIndex(file)) => file,
            _ => return Ok(None),
        };
        let files = self.files(place.unit)?;
        let file = usize::try_from(file).ok().and_then(|file| files.get(file)?.clone());
        // What the compiler declares itself has no line.
        let line = line.filter(|&line| line > 0);
        Ok(file.zip(line).map(|(file, line)| Declared { file, line }))
    }

    /// The names of the source files of a unit, by their number.
    fn files(&self, number: usize) -> Result<std::rc::Rc<Vec<Option<String>>>, Refusal> {
        if let Some(known) = self.files.borrow().get(&number) {
            return Ok(known.clone());
        }
        let unit = self.unit(Place { unit: number, offset: 0 })?;
        let found = std::rc::Rc::new(unit.lines.map_or_else(Vec::new, |offset| {
            let size = unit.header.address_size();
            let Ok(program) = unit.dwarf.debug_line.program(offset, size, None, None) else {
                return Vec::new();
            };
            let header = program.header();
            let text = |value| unit.string(value).map(|text| printable(text).into_owned());
            let name = |file: &gimli::FileEntry<_, _>| {
                let name = text(file.path_name())?;
                let folder = file.directory(header).and_then(text).filter(|_| {
                    !name.starts_with('/') && (file.directory_index() != 0 || header.version() >= 5)
                });
                Some(folder.map_or(name.clone(), |folder| format!("{folder}/{name}")))
            };
            // Up to version 4 the files are counted from one.
            let first = usize::from(header.version() < 5);
            let gap = std::iter::repeat_n(None, first);
            gap.chain(header.file_names().iter().map(name)).collect()
        }));
        self.files.borrow_mut().insert(number, found.clone());
        Ok(found)
    }
}
