//! Goes through all units at once and notes which names there are, and where.

use std::collections::{BTreeSet, HashMap};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use gimli::{AttributeValue, constants as dw};

use crate::Language;
use crate::dwarf::outline::{Node, Outline, is_aggregate};
use crate::dwarf::place::{Debug, Place};
use crate::dwarf::sections::Slice;
use crate::dwarf::signature::{Signatures, mix};
use crate::dwarf::unit::{Skeleton, Unit};

/// A name of a type: where it is described first, and in which other places.
pub(super) struct Named<'a> {
    pub(super) first: Place,
    /// Only of a name that may be meant: all the others are needed for is their name.
    pub(super) copies: Vec<Place>,
    wanted: bool,
    /// Its last part, not looked up yet, and another name for a type.
    name: Option<AttributeValue<Slice<'a>>>,
    typedef: bool,
    language: Language,
}

/// What was found.
#[derive(Default)]
pub(super) struct Scan<'a> {
    /// In the order of the file.
    pub(super) names: Vec<Named<'a>>,
    /// Units whose types are in other files.
    pub(super) split: Vec<Skeleton>,
    /// Crates and packages of others.
    pub(super) foreign: BTreeSet<String>,
    /// Why some unit could not be read to its end.
    pub(super) damage: Option<gimli::Error>,
}

/// A type under one of its names, where copies that are alike count as one.
pub(super) struct Hit {
    pub(super) name: String,
    /// The first of each kind of copy, and how many there are.
    pub(super) kinds: Vec<(Place, usize)>,
}

impl<'a> Scan<'a> {
    /// The types of all units; the places of all copies only of those whose own name ends with
    /// `word`, if there is one.
    pub(super) fn new(debug: &Debug<'a>, word: Option<&str>) -> Scan<'a> {
        let found = Mutex::new((HashMap::new(), Scan::default()));
        in_turns(debug.units(), |numbers| {
            let mut own: HashMap<u64, Named<'a>> = HashMap::new();
            let mut scan = Scan::default();
            for number in numbers {
                match debug.unit(number) {
                    Ok(unit) => scan.unit((debug.part_of(number), number), &unit, word, &mut own),
                    Err(error) => scan.damage = Some(error),
                }
            }
            let mut found = found.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            let (names, all): &mut (HashMap<u64, Named<'a>>, Scan<'a>) = &mut found;
            for (key, named) in own {
                match names.get_mut(&key) {
                    Some(known) => known.join(named),
                    None => drop(names.insert(key, named)),
                }
            }
            all.damage = all.damage.or(scan.damage);
            all.split.extend(scan.split);
            all.foreign.extend(scan.foreign);
        });
        let (names, mut scan) = found.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        scan.names = names.into_values().collect();
        scan.names.sort_by_key(|named| named.first);
        scan
    }

    fn unit(
        &mut self,
        (part, number): (usize, usize),
        unit: &Unit<'a>,
        word: Option<&str>,
        names: &mut HashMap<u64, Named<'a>>,
    ) {
        self.split.extend(unit.split.clone());
        self.foreign.extend(unit.foreign.clone());
        let outline = Outline::of(unit);
        for (at, node) in outline.nodes.iter().enumerate() {
            if !is_wanted(node) {
                continue;
            }
            let place = Place { unit: number, offset: node.offset };
            let typedef = node.tag == dw::DW_TAG_typedef;
            let key = mix(outline.key(at, unit), (part << 1 | usize::from(typedef)) as u64);
            let (name, language) = (node.name, unit.language);
            let ends = |word: &str| {
                let start = name.and_then(|name| unit.start_of(name));
                start.is_some_and(|start| ends(head(start), word.as_bytes()))
            };
            let known = names.entry(key).or_insert_with(|| Named {
                first: place,
                copies: Vec::new(),
                wanted: word.is_none_or(ends),
                name,
                typedef,
                language,
            });
            if known.wanted {
                known.copies.push(place);
            }
            known.first = known.first.min(place);
        }
        // What was found before the damage is still good.
        self.damage = self.damage.or(outline.damage);
    }

    /// The whole names of those whose own name, up to its parameters, passes `head`, each with its
    /// number in `names`. `listed`: but for what only a name finds.
    pub(super) fn called(
        &self,
        debug: &Debug<'a>,
        listed: bool,
        passes: impl Fn(&[u8]) -> bool,
    ) -> Vec<(String, usize)> {
        let mut outlines = Outlines { debug, last: None };
        let mut found = Vec::new();
        // The unit of the last one: they come in the order of the file.
        let mut last: Option<(usize, Unit<'a>)> = None;
        for (number, named) in self.names.iter().enumerate() {
            if listed && !named.is_listed() {
                continue;
            }
            let of = named.first.unit;
            if last.as_ref().is_none_or(|(known, _)| *known != of) {
                last = debug.unit(of).ok().map(|unit| (of, unit));
            }
            let Some((_, unit)) = &last else { continue };
            let start = named.name.and_then(|name| unit.start_of(name));
            let own = start.map(head).unwrap_or_default();
            if !own.is_empty() && passes(own) {
                let path = outlines.path(unit, named.first);
                let Some(path) = path.filter(|path| !path.is_empty()) else { continue };
                if !debug.budget.take(path.len()) {
                    break;
                }
                found.push((path, number));
            }
        }
        found
    }

    /// Whether it found any type that a list shows.
    pub(super) fn lists_any(&self) -> bool {
        self.names.iter().any(Named::is_listed)
    }

    /// Where the type of this whole name, of which `own` is the last part, is described first.
    pub(super) fn defined(&self, debug: &Debug<'a>, name: &str, own: &str) -> Option<Place> {
        let mut outlines = Outlines { debug, last: None };
        let wanted = self.names.iter().filter(|named| !named.typedef);
        wanted.map(|named| (named.first, named.name)).find_map(|(place, last)| {
            let unit = debug.unit(place.unit).ok()?;
            let start = unit.start_of(last?)?;
            let rest = start.strip_prefix(own.as_bytes())?;
            let whole = rest.first().is_none_or(|&next| next == 0);
            (whole && outlines.path(&unit, place)? == name).then_some(place)
        })
    }

    /// The types of these names: of each, the copies that differ.
    pub(super) fn hits(&self, debug: &Debug<'a>, chosen: Vec<(String, usize)>) -> Vec<Hit> {
        // All copies by unit, so that each unit is read once.
        let mut by_unit: HashMap<usize, Vec<(usize, usize)>> = HashMap::new();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut order = Vec::new();
        for (name, named) in &chosen {
            let at = *numbers.entry(name).or_insert(order.len());
            if at == order.len() {
                order.push(name.clone());
            }
            for place in &self.names[*named].copies {
                by_unit.entry(place.unit).or_default().push((place.offset, at));
            }
        }
        let mut units: Vec<_> = by_unit.into_iter().collect();
        units.sort_unstable_by_key(|(unit, _)| *unit);
        let found: Mutex<HashMap<(usize, u64), (Place, usize)>> = Mutex::default();
        in_turns(units.len(), |turns| {
            let mut own: HashMap<(usize, u64), (Place, usize)> = HashMap::new();
            for turn in turns {
                let (number, copies) = &units[turn];
                let Ok(unit) = debug.unit(*number) else { continue };
                let part = debug.part_of(*number) as u64;
                let mut signatures = Signatures::new(&unit);
                for &(offset, at) in copies {
                    let place = Place { unit: *number, offset };
                    // What cannot be read is a kind of its own, and refused when it is read.
                    let signature = signatures.of(offset).unwrap_or(offset as u64);
                    let known = own.entry((at, mix(signature, part))).or_insert((place, 0));
                    known.0 = known.0.min(place);
                    known.1 += 1;
                }
            }
            let mut found = found.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
            for (key, (place, count)) in own {
                let known = found.entry(key).or_insert((place, 0));
                known.0 = known.0.min(place);
                known.1 += count;
            }
        });
        let found = found.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
        let mut hits: Vec<Hit> =
            order.into_iter().map(|name| Hit { name, kinds: Vec::new() }).collect();
        for ((at, _), kind) in found {
            hits[at].kinds.push(kind);
        }
        hits.iter_mut().for_each(|hit| hit.kinds.sort_unstable());
        hits
    }
}

impl<'a> Named<'a> {
    /// Go has a `typedef` for each of its maps, channels and interfaces.
    fn is_listed(&self) -> bool {
        !self.typedef || !matches!(self.language, Language::Go | Language::Rust)
    }

    fn join(&mut self, other: Named<'a>) {
        if other.first < self.first {
            (self.first, self.name, self.language) = (other.first, other.name, other.language);
        }
        self.copies.extend(other.copies);
    }
}

/// The outline of the unit that was asked for last: names come in the order of the file.
struct Outlines<'d, 'a> {
    debug: &'d Debug<'a>,
    last: Option<(usize, Outline<'a>)>,
}

impl<'a> Outlines<'_, 'a> {
    fn path(&mut self, unit: &Unit<'a>, place: Place) -> Option<String> {
        if self.last.as_ref().is_none_or(|(number, _)| *number != place.unit) {
            debug_assert!(place.unit < self.debug.units());
            self.last = Some((place.unit, Outline::of(unit)));
        }
        let (_, outline) = self.last.as_ref()?;
        Some(outline.path(unit, outline.find(place.offset)?))
    }
}

/// Calls `work` in every thread with numbers below `count`, each in one of them.
fn in_turns(count: usize, work: impl Fn(&mut dyn Iterator<Item = usize>) + Sync) {
    let next = AtomicUsize::new(0);
    let numbers =
        || std::iter::from_fn(|| Some(next.fetch_add(1, Relaxed)).filter(|&number| number < count));
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get()).min(4);
    std::thread::scope(|scope| {
        for _ in 1..threads.min(count) {
            scope.spawn(|| work(&mut numbers()));
        }
        work(&mut numbers());
    });
}

fn is_wanted(node: &Node<'_>) -> bool {
    let kind = is_aggregate(node.tag) || node.tag == dw::DW_TAG_typedef;
    kind && node.defined && !node.variant && node.name.is_some()
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
pub(super) fn ends(head: &[u8], word: &[u8]) -> bool {
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
