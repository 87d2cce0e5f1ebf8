//! Reads types on demand and remembers those already read.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use gimli::constants as dw;

use crate::dwarf::Refusal;
use crate::dwarf::outline::{Outline, is_aggregate};
use crate::dwarf::place::{Debug, Place};
use crate::dwarf::scan::Scan;
use crate::dwarf::unit::{Entry, Unit};
use crate::{Language, TypeLayout};

/// How many names may stand for one another before it is taken for a circle.
const LONGEST_CHAIN: usize = 512;

/// A reader of types.
pub(super) struct Types<'d, 'a> {
    pub(super) debug: &'d Debug<'a>,
    scan: &'d Scan<'a>,
    /// Units read so far.
    pub(super) units: RefCell<HashMap<usize, Rc<Unit<'a>>>>,
    /// Layouts read so far.
    pub(super) layouts: RefCell<HashMap<Place, Arc<TypeLayout>>>,
    /// Types being read: one that contains itself is damaged.
    pub(super) open: RefCell<HashSet<Place>>,
    /// By unit: what in it has a name.
    pub(super) outlines: RefCell<HashMap<usize, Rc<Outline<'a>>>>,
    /// By whole name: where a type is described that some unit only announces.
    definitions: RefCell<HashMap<String, Option<Place>>>,
    /// By unit: the names of its source files.
    pub(super) files: RefCell<HashMap<usize, Rc<Vec<Option<String>>>>>,
}

impl<'d, 'a> Types<'d, 'a> {
    /// A reader that has read nothing yet.
    pub(super) fn new(debug: &'d Debug<'a>, scan: &'d Scan<'a>) -> Types<'d, 'a> {
        Types {
            debug,
            scan,
            units: RefCell::default(),
            layouts: RefCell::default(),
            open: RefCell::default(),
            outlines: RefCell::default(),
            definitions: RefCell::default(),
            files: RefCell::default(),
        }
    }

    /// The language of the unit that `place` is in.
    pub(super) fn language(&self, place: Place) -> Result<Language, Refusal> {
        Ok(self.unit(place)?.language)
    }

    /// The whole name of the type at `place`; empty if it has none of its own.
    pub(super) fn path(&self, place: Place) -> Result<String, Refusal> {
        let unit = self.unit(place)?;
        let known = self.outlines.borrow().get(&place.unit).cloned();
        let outline = match known {
            Some(outline) => outline,
            None => {
                let outline = Rc::new(Outline::of(&unit));
                self.outlines.borrow_mut().insert(place.unit, outline.clone());
                outline
            }
        };
        let path = |number| outline.path(&unit, number);
        match (outline.find(place.offset), outline.damage) {
            (None, Some(damage)) => Err(damage.into()),
            (found, _) => Ok(found.map(path).unwrap_or_default()),
        }
    }

    /// Where the type at `place` is described, if it is only announced there: in whichever unit
    /// has a type of its name. clang describes a type only where it is constructed.
    fn elsewhere(&self, place: Place, entry: &Entry<'a>) -> Result<Option<Place>, Refusal> {
        if !is_aggregate(entry.tag()) || !entry.has_attr(dw::DW_AT_declaration) {
            return Ok(None);
        }
        let name = self.path(place)?;
        if let Some(&known) = self.definitions.borrow().get(&name) {
            return Ok(known);
        }
        let own = self.unit(place)?.name(entry).unwrap_or_default().into_owned();
        let found = self.scan.defined(self.debug, &name, &own);
        self.definitions.borrow_mut().insert(name, found);
        Ok(found)
    }

    /// Whether the type at `place`, or what it is an array of, is only announced in this binary.
    pub(super) fn announced(&self, place: Place) -> Result<bool, Refusal> {
        let mut place = place;
        for _ in 0..LONGEST_CHAIN {
            let Some((core, entry)) = self.core(place)? else {
                return Ok(false);
            };
            if is_aggregate(entry.tag()) {
                return Ok(entry.has_attr(dw::DW_AT_declaration));
            }
            match self.type_of(core, &entry)? {
                Some(element) if entry.tag() == dw::DW_TAG_array_type => place = element,
                _ => return Ok(false),
            }
        }
        Err(Refusal::damaged("an array without end"))
    }

    /// What remains of the type at `place` without other names for it and without `const`,
    /// `volatile` and the like; `None` for `void`.
    pub(super) fn core(&self, place: Place) -> Result<Option<(Place, Entry<'a>)>, Refusal> {
        let mut place = place;
        for _ in 0..LONGEST_CHAIN {
            let (at, entry) = self.definition(place)?;
            if !is_wrapper(entry.tag()) {
                return match self.elsewhere(at, &entry)? {
                    Some(other) => Ok(Some((other, self.entry(other)?))),
                    None => Ok(Some((at, entry))),
                };
            }
            match self.type_of(at, &entry)? {
                Some(next) => place = next,
                None => return Ok(None),
            }
        }
        Err(Refusal::damaged("a type that is defined by itself"))
    }
}

impl<'a> Types<'_, 'a> {
    /// Whether the type at `place` is C's `_Atomic` of another, under whatever name.
    pub(super) fn is_atomic(&self, place: Place) -> Result<bool, Refusal> {
        let mut place = place;
        for _ in 0..LONGEST_CHAIN {
            let (at, entry) = self.definition(place)?;
            if entry.tag() == dw::DW_TAG_atomic_type {
                return Ok(true);
            }
            match self.type_of(at, &entry)? {
                Some(next) if is_wrapper(entry.tag()) => place = next,
                _ => return Ok(false),
            }
        }
        Ok(false)
    }
}

/// Whether entries of this kind only say something about another type, and change no byte of it.
pub(super) fn is_wrapper(tag: gimli::DwTag) -> bool {
    matches!(
        tag,
        dw::DW_TAG_typedef
            | dw::DW_TAG_const_type
            | dw::DW_TAG_volatile_type
            | dw::DW_TAG_restrict_type
            | dw::DW_TAG_atomic_type
            | dw::DW_TAG_immutable_type
            | dw::DW_TAG_packed_type
            | dw::DW_TAG_shared_type
    )
}
