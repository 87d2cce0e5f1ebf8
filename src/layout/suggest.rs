//! Proposes another order of fields: by who uses them first, by size second; only what the language
//! allows, and only what helps.

mod block;

use crate::access::{Access, accesses};
use crate::placement::Placement;
use crate::sharing::{Pair, Verdict, clash, judge, template};
use crate::{FieldLayout, Judged, TypeKind, TypeLayout, Word};

use block::{Block, blocks, laid_out};

/// Fields that nobody disturbs in one another's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// Everybody who writes one of them; empty for fields that nobody writes.
    pub writers: Vec<String>,
    /// The fields in the proposed order.
    pub fields: Vec<String>,
}

/// What to do about a layout.
#[derive(Clone, Debug, PartialEq)]
pub enum Suggestion {
    /// Each group at the start of a line of its own; the layout that follows, judged for the same
    /// lines.
    Separate(Vec<Group>, Box<Judged>),
    /// The elements of an array meet each other: each is to fill lines of its own. The array's
    /// path, the bytes of an element now and then, and how many there are.
    PadElement {
        /// The path of the array.
        array: String,
        /// Bytes of an element now.
        size: usize,
        /// Bytes of an element that fills its lines.
        padded: usize,
        /// How many elements there are.
        count: usize,
    },
    /// Two bit-fields of one memory location have different writers: no order helps, but to take
    /// them apart.
    PartBits(Box<Pair>),
    /// Who writes the words that meet is not known, so nothing is taken apart.
    Declare(Vec<String>),
    /// No sharing to end; in this order the type is smaller and nothing comes closer.
    Reorder(Box<Judged>),
    /// The order by size would save these bytes, but these two would meet in a line.
    Refused(usize, Box<Pair>),
    /// Nothing to gain.
    Keep,
    /// Sharing that no order of these fields ends: it lies inside a field, or in a base class.
    Inside(Vec<String>),
    /// A union or an enum: the fields are not alive together.
    NotAStruct,
}

/// What could be done about `judged`, for the lines it is drawn in.
pub fn suggest(judged: &Judged) -> Suggestion {
    let layout = &judged.layout;
    if layout.kind != TypeKind::Struct || layout.fields.iter().any(|field| field.announced) {
        return Suggestion::NotAStruct;
    }
    let line = judged.cache_line;
    let Some(strongest) = judged.drawn().first() else {
        return by_size(judged);
    };
    let pair = || Box::new(strongest.pairs[0].clone());
    match strongest.verdict {
        Verdict::DataRace => return Suggestion::PartBits(pair()),
        Verdict::Maybe => return Suggestion::Declare(strongest.fields.clone()),
        Verdict::Likely | Verdict::Certain => {}
    }
    let blocks = blocks(layout);
    let groups = groups(layout, &blocks);
    let order: Vec<Vec<&Block<'_>>> = groups.iter().map(|(_, blocks)| blocks.clone()).collect();
    let named = groups.iter().map(|(writers, blocks)| Group {
        writers: writers.clone(),
        fields: blocks.iter().flat_map(|block| block.names()).collect(),
    });
    let after = Judged::new(laid_out(layout, &order, line), line);
    let pairs = |judged: &Judged| -> usize {
        judged.drawn().iter().map(|sharing| sharing.pairs.len() + sharing.more_pairs).sum()
    };
    if after.strongest() < judged.strongest() || pairs(&after) < pairs(judged) {
        return Suggestion::Separate(named.collect(), Box::new(after));
    }
    array_that_meets_itself(judged).unwrap_or_else(|| Suggestion::Inside(strongest.fields.clone()))
}

/// The array whose own elements meet most often.
fn array_that_meets_itself(judged: &Judged) -> Option<Suggestion> {
    let mut pairs = judged.drawn().iter().flat_map(|sharing| &sharing.pairs);
    let same = |pair: &&Pair| {
        pair.fields[0].contains('[') && template(&pair.fields[0]) == template(&pair.fields[1])
    };
    let pair = pairs.find(same)?;
    let path = pair.fields[0].split('[').next()?;
    let mut fields = judged.layout.fields.as_slice();
    let mut found = None;
    for part in path.split('.') {
        found = fields.iter().find(|field| field.name == part);
        fields = found.and_then(|field| field.inner.as_deref()).map_or(&[], |inner| &inner.fields);
    }
    let repeat = found.or(judged.layout.fields.first())?.repeat?;
    Some(Suggestion::PadElement {
        array: path.to_owned(),
        size: repeat.stride,
        padded: repeat.stride.next_multiple_of(judged.cache_line),
        count: repeat.count,
    })
}

fn by_size(judged: &Judged) -> Suggestion {
    let (layout, line) = (&judged.layout, judged.cache_line);
    let blocks = blocks(layout);
    let mut order: Vec<&Block<'_>> = blocks.iter().collect();
    sort(&mut order);
    let smaller = laid_out(layout, &[order], 1);
    match layout.size.checked_sub(smaller.size) {
        None | Some(0) => Suggestion::Keep,
        Some(saved) => match judge(&smaller, line, Placement::Aligned).into_iter().next() {
            Some(sharing) => Suggestion::Refused(saved, Box::new(sharing.pairs[0].clone())),
            None => Suggestion::Reorder(Box::new(Judged::new(smaller, line))),
        },
    }
}

/// What stays in front in its order, then the strictest alignment and the largest: no holes between,
/// but at the end, where an array without a length stays.
fn sort(blocks: &mut [&Block<'_>]) {
    blocks.sort_by_key(|block| (block.rank, std::cmp::Reverse((block.align, block.size))));
}

/// Whether a block would rather be in this group.
type Wish<'w> = dyn Fn(&[(&Block<'_>, Access)]) -> bool + 'w;

/// The fields in groups within which none disturbs another. Fields with the same writers come
/// first into a group, so that others join only what they do not harm.
fn groups<'b, 'a>(
    layout: &TypeLayout,
    blocks: &'b [Block<'a>],
) -> Vec<(Vec<String>, Vec<&'b Block<'a>>)> {
    let parts = accesses(layout);
    let mut members: Vec<(&Block<'_>, Access)> =
        blocks.iter().map(|block| (block, whole(&parts, block))).collect();
    // What cannot be moved stands first; what nobody writes may lie beside what its readers alone
    // write.
    members.sort_by_key(|(block, access)| {
        (block.rank, access.writers.is_empty(), access.word == Word::Plain)
    });
    let mut groups: Vec<Vec<(&Block<'_>, Access)>> = Vec::new();
    for member in members {
        let (block, access) = &member;
        let fits = |group: &[(&Block<'_>, Access)]| {
            group.iter().all(|(_, other)| clash(other, access).is_none())
        };
        let same = |group: &[(&Block<'_>, Access)]| {
            group.iter().any(|(_, other)| other.writers == access.writers)
        };
        // What an actor only reads is at home beside what it alone writes.
        let own = |group: &[(&Block<'_>, Access)]| {
            let mut writers = group.iter().flat_map(|(_, other)| &other.writers);
            access.writers.is_empty() && writers.all(|writer| access.used_by(writer))
        };
        let first = |wish: &Wish<'_>| groups.iter().position(|group| fits(group) && wish(group));
        let found = first(&same).or_else(|| first(&own)).or_else(|| first(&|_| true));
        // The front is one, whoever uses it, and nothing stands behind an array without a length.
        let found = if block.rank == block::FRONT { Some(0) } else { found };
        let found = if block.rank == block::END { groups.len().checked_sub(1) } else { found };
        match found.filter(|&at| at < groups.len()) {
            Some(at) => groups[at].push(member),
            None => groups.push(vec![member]),
        }
    }
    groups.into_iter().map(named).collect()
}

fn named<'b, 'a>(group: Vec<(&'b Block<'a>, Access)>) -> (Vec<String>, Vec<&'b Block<'a>>) {
    let writers = group.iter().flat_map(|(_, access)| access.writers.clone());
    let mut writers: Vec<String> = writers.collect();
    writers.sort();
    writers.dedup();
    let mut blocks: Vec<&Block<'_>> = group.into_iter().map(|(block, _)| block).collect();
    sort(&mut blocks);
    (writers, blocks)
}

/// A block as one access: used by everybody who uses a part of it.
fn whole(parts: &[Access], block: &Block<'_>) -> Access {
    let span = block.offset..block.offset + block.size;
    let mut whole = Access { bytes: vec![span.clone()], ..Access::default() };
    let inside = |part: &&Access| {
        !part.bytes.is_empty()
            && part.bytes.iter().all(|b| b.start >= span.start && b.end <= span.end)
    };
    for field in &block.fields {
        add(&mut whole.writers, &field.writers);
        add(&mut whole.readers, &field.readers);
    }
    for part in parts.iter().filter(inside) {
        add(&mut whole.writers, &part.writers);
        add(&mut whole.readers, &part.readers);
        whole.undeclared |= part.undeclared;
        if part.word != Word::Plain {
            whole.word = part.word;
        }
    }
    whole
}

fn add(to: &mut Vec<String>, actors: &[String]) {
    for actor in actors {
        if !to.contains(actor) {
            to.push(actor.clone());
        }
    }
}

/// The alignment of a field: its type's, or what its size and place allow.
fn align(field: &FieldLayout, most: usize) -> usize {
    let lowest_bit = |number: usize| number & number.wrapping_neg();
    let known = field.inner.as_ref().map_or(0, |inner| inner.align);
    let guess = [field.size, field.offset].into_iter().filter(|&n| n > 0).map(lowest_bit).min();
    if known > 0 { known.min(most.max(1)) } else { guess.unwrap_or(1).min(most).max(1) }
}

#[cfg(test)]
mod tests;
