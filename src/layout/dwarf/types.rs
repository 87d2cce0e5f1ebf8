//! Reads types on demand and remembers those already read.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::Arc;

use gimli::constants as dw;

use crate::TypeLayout;
use crate::dwarf::Refusal;
use crate::dwarf::outline::Outline;
use crate::dwarf::place::{Debug, Place};
use crate::dwarf::unit::{Entry, Language, Unit};

/// How many names may stand for one another before it is taken for a circle.
const LONGEST_CHAIN: usize = 64;

/// A reader of types.
pub(super) struct Types<'d, 'a> {
    pub(super) debug: &'d Debug<'a>,
    /// Units read so far.
    pub(super) units: RefCell<HashMap<usize, Rc<Unit<'a>>>>,
    /// Layouts read so far.
    pub(super) layouts: RefCell<HashMap<Place, Arc<TypeLayout>>>,
    /// Types being read: one that contains itself is damaged.
    pub(super) open: RefCell<HashSet<Place>>,
    /// By unit: what in it has a name.
    pub(super) outlines: RefCell<HashMap<usize, Rc<Outline<'a>>>>,
}

impl<'d, 'a> Types<'d, 'a> {
    /// A reader that has read nothing yet.
    pub(super) fn new(debug: &'d Debug<'a>) -> Types<'d, 'a> {
        Types {
            debug,
            units: RefCell::default(),
            layouts: RefCell::default(),
            open: RefCell::default(),
            outlines: RefCell::default(),
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
        let path = |number| outline.path(&self.debug.dwarf, &unit, number);
        match (outline.find(place.offset), outline.damage) {
            (None, Some(damage)) => Err(damage.into()),
            (found, _) => Ok(found.map(path).unwrap_or_default()),
        }
    }

    /// What remains of the type at `place` without other names for it and without `const`,
    /// `volatile` and the like; `None` for `void`.
    pub(super) fn core(&self, place: Place) -> Result<Option<(Place, Entry<'a>)>, Refusal> {
        let mut place = place;
        for _ in 0..LONGEST_CHAIN {
            let (at, entry) = self.definition(place)?;
            if !is_wrapper(entry.tag()) {
                return Ok(Some((at, entry)));
            }
            match self.type_of(at, &entry)? {
                Some(next) => place = next,
                None => return Ok(None),
            }
        }
        Err(Refusal::damaged("a type that is defined by itself"))
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
