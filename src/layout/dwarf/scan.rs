//! Goes through all units at once and notes the types whose names might be meant.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use gimli::constants as dw;

use crate::layout::dwarf::place::{Debug, Place};
use crate::layout::dwarf::unit::{Language, Unit};
use crate::layout::dwarf::walk::{Named, is_aggregate, walk};

/// A type: where it is described, and its whole name.
pub(super) type Hit = (Place, String);

/// What was found.
#[derive(Default)]
pub(super) struct Scan {
    /// In the order of the file.
    pub(super) hits: Vec<Hit>,
    /// Some types are in other files.
    pub(super) split: bool,
    /// Why some unit could not be read to its end.
    pub(super) damage: Option<gimli::Error>,
}

impl Scan {
    /// The types whose own name contains `word`; all of them, without one.
    pub(super) fn new(debug: &Debug<'_>, word: Option<&str>) -> Scan {
        let next = AtomicUsize::new(0);
        let found = Mutex::new(Scan::default());
        let work = || {
            let mut own = Scan::default();
            loop {
                let number = next.fetch_add(1, Relaxed);
                if number >= debug.units() {
                    break;
                }
                match debug.unit(number) {
                    Ok(unit) => own.unit(debug, &unit, number, word),
                    Err(error) => own.damage = Some(error),
                }
            }
            let mut found = found.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            found.hits.extend(own.hits);
            found.damage = found.damage.or(own.damage);
            found.split |= own.split;
        };
        let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(4);
        std::thread::scope(|scope| {
            for _ in 1..threads.min(debug.units()) {
                scope.spawn(work);
            }
            work();
        });
        let mut found = found.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        found.hits.sort();
        found
    }

    fn unit<'a>(&mut self, debug: &Debug<'a>, unit: &Unit<'a>, number: usize, word: Option<&str>) {
        self.split |= unit.split;
        let result = walk(&debug.dwarf, unit, |named| {
            if wanted(&named, unit.language, word) {
                self.hits.push((Place { unit: number, offset: named.offset }, named.path()));
            }
        });
        // What was found before the damage is still good.
        self.damage = self.damage.or(result.err());
    }
}

fn wanted(named: &Named<'_, '_>, language: Language, word: Option<&str>) -> bool {
    let known = named.defined && !named.variant && !named.name.is_empty();
    // Go has a `typedef` for each of its maps, channels and interfaces.
    let kind = is_aggregate(named.tag)
        || named.tag == dw::DW_TAG_typedef && (word.is_some() || language == Language::C);
    known && kind && word.is_none_or(|word| contains(named.name, word.as_bytes()))
}

fn contains(name: &[u8], word: &[u8]) -> bool {
    let Some(&first) = word.first() else {
        return true;
    };
    let mut rest = name;
    while let Some(at) = rest.iter().position(|&byte| byte == first) {
        if rest[at..].starts_with(word) {
            return true;
        }
        rest = &rest[at + 1..];
    }
    false
}
