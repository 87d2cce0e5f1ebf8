//! Goes through all units at once and notes the types whose names might be meant.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use gimli::constants as dw;

use crate::dwarf::outline::{Node, Outline, is_aggregate};
use crate::dwarf::place::{Debug, Place};
use crate::dwarf::unit::{Language, Unit};

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
    /// The types whose own name ends with `word`; all of them, without one.
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
        let outline = Outline::of(unit);
        for (at, node) in outline.nodes.iter().enumerate() {
            if wanted(debug, unit, node, word) {
                let place = Place { unit: number, offset: node.offset };
                let path = outline.path(&debug.dwarf, unit, at);
                self.hits.extend((!path.is_empty()).then_some((place, path)));
            }
        }
        // What was found before the damage is still good.
        self.damage = self.damage.or(outline.damage);
    }
}

fn wanted<'a>(debug: &Debug<'a>, unit: &Unit<'a>, node: &Node<'a>, word: Option<&str>) -> bool {
    // Go has a `typedef` for each of its maps, channels and interfaces.
    let kind = is_aggregate(node.tag)
        || node.tag == dw::DW_TAG_typedef && (word.is_some() || unit.language == Language::C);
    if !node.defined || node.variant || !kind {
        return false;
    }
    let start = node.name.and_then(|name| unit.start_of(&debug.dwarf, name));
    start.is_some_and(|start| ends(head(start), word.unwrap_or_default().as_bytes()))
}

/// Names are longer, but not before their parameters.
const LONGEST_HEAD: usize = 4096;

/// The name that starts here, up to its parameters or its end.
fn head(start: &[u8]) -> &[u8] {
    let start = &start[..start.len().min(LONGEST_HEAD)];
    let end = |&(at, &byte): &(usize, &u8)| byte == 0 || at > 0 && matches!(byte, b'<' | b'[');
    let end = start.iter().enumerate().find(end).map_or(start.len(), |(at, _)| at);
    start[..end].trim_ascii_end()
}

/// Whether a name without parameters ends with `word` as a whole word: what does not cannot be
/// meant by a pattern that does. Without this, every `HashMap` would be a candidate for `Map`.
fn ends(head: &[u8], word: &[u8]) -> bool {
    let before = head.strip_suffix(word).filter(|_| !head.is_empty());
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
    before.is_some_and(|before| word.is_empty() || !before.last().is_some_and(|&b| inside(b)))
}

#[cfg(test)]
mod tests {
    use super::{ends, head};

    #[test]
    fn a_name_ends_with_a_whole_word_before_its_parameters() {
        let ends = |name: &str, word: &str| ends(head(name.as_bytes()), word.as_bytes());
        for name in ["Map", "Map<u64, Map>", "sync.Map", "maps.Map[string,int]", "Map <int>"] {
            assert!(ends(name, "Map") && ends(name, ""), "{name}");
        }
        for name in ["HashMap<u64>", "Maps", "a_Map", "Vec<Map>", "", "&[Map]", "\u{e9}Map"] {
            assert!(!ends(name, "Map"), "{name}");
        }
        assert!(ends("unsigned int", "int") && ends("<A as B>::Out", "Out"));
        assert!(ends("Map\0Vec", "Map") && !ends("Vec\0Map", "Map") && !ends("\0Map", ""));
    }
}
