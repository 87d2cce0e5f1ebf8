//! Judges false sharing: which fields of one object lie in one cache line although different
//! threads use them, and at how many of the places where the object may start.

use crate::TypeLayout;
use crate::access::{Access, accesses};
use crate::phase::{common, phases};

/// How much is known; ordered by strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Words made for several threads lie in one line, but who writes them was not declared.
    Maybe,
    /// Declared users share a line at some of the places where the object may start.
    Likely,
    /// Declared users share a line wherever the object starts.
    Certain,
}

/// Why two fields should not lie in one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clash {
    /// `writer` writes the one; `other` writes (`also_writes`) or reads the other and can do
    /// without the first.
    Declared {
        /// The actor whose writes take the line away.
        writer: String,
        /// The actor who loses it.
        other: String,
        /// Whether `other` writes as well.
        also_writes: bool,
    },
    /// Both are atomics or locks and at least one has no declared writer.
    Unknown,
}

/// Two fields that clash, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// The paths of the fields: the written one first.
    pub fields: [String; 2],
    /// Why the two fields clash.
    pub clash: Clash,
    /// The starts of the object within a line, in bytes, at which the fields meet in one line.
    pub starts: Vec<usize>,
}

/// Fields that clash with one another, directly or through a third.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// The size of the cache line this was judged for, in bytes.
    pub cache_line: usize,
    /// The strongest thing that can be said of the group.
    pub verdict: Verdict,
    /// Share of the possible starts at which at least one pair meets in a line; in (0, 1].
    pub share_of_phases: f64,
    /// How many starts there are.
    pub phases: usize,
    /// The lines where pairs meet when the object starts a line; empty if they meet only otherwise.
    pub lines: Vec<usize>,
    /// The paths of the fields, by offset.
    pub fields: Vec<String>,
    /// The pairs, most often meeting first, those with two writers before the others.
    pub pairs: Vec<Pair>,
}

/// Every group of fields of `layout` that may share a cache line of `cache_line` bytes falsely,
/// strongest verdict first. Empty means: no pair of declared users, and no two synchronised words,
/// ever meet in a line of one object (the neighbours of the object in memory are not judged).
pub fn judge(layout: &TypeLayout, cache_line: usize) -> Vec<Sharing> {
    let accesses = accesses(layout);
    let starts = phases(layout.align, cache_line);
    let mut groups: Vec<Group> = Vec::new();
    for (second, b) in accesses.iter().enumerate() {
        for (first, a) in accesses[..second].iter().enumerate() {
            let Some((clash, swapped)) = clash(a, b) else {
                continue;
            };
            let meets =
                |&&start: &&usize| !common(&a.bytes, &b.bytes, start, cache_line).is_empty();
            let starts: Vec<usize> = starts.iter().filter(meets).copied().collect();
            if starts.is_empty() {
                continue;
            }
            let fields = if swapped { [&b.path, &a.path] } else { [&a.path, &b.path] };
            let pair = Pair { fields: fields.map(String::clone), clash, starts };
            let lines = common(&a.bytes, &b.bytes, 0, cache_line);
            join(&mut groups, Group { members: vec![first, second], lines, pairs: vec![pair] });
        }
    }
    let mut found: Vec<Sharing> =
        groups.into_iter().map(|group| group.finish(&accesses, cache_line, starts.len())).collect();
    found.sort_by(|a, b| {
        let shares = || b.share_of_phases.total_cmp(&a.share_of_phases);
        b.verdict.cmp(&a.verdict).then_with(shares)
    });
    found
}

struct Group {
    members: Vec<usize>,
    lines: Vec<usize>,
    pairs: Vec<Pair>,
}

/// Adds `new` to the groups; those it has a field in common with become one. What was declared and
/// what was not are kept apart.
fn join(groups: &mut Vec<Group>, mut new: Group) {
    let unknown = |group: &Group| group.pairs[0].clash == Clash::Unknown;
    while let Some(at) = groups.iter().position(|group| {
        unknown(group) == unknown(&new) && group.members.iter().any(|m| new.members.contains(m))
    }) {
        let old = groups.swap_remove(at);
        new.members.extend(old.members);
        new.lines.extend(old.lines);
        new.pairs.splice(0..0, old.pairs);
    }
    groups.push(new);
}

impl Group {
    fn finish(mut self, accesses: &[Access], cache_line: usize, phases: usize) -> Sharing {
        for numbers in [&mut self.members, &mut self.lines] {
            numbers.sort_unstable();
            numbers.dedup();
        }
        self.pairs.sort_by_key(|pair| {
            let both_write = matches!(pair.clash, Clash::Declared { also_writes: true, .. });
            (std::cmp::Reverse(pair.starts.len()), !both_write)
        });
        let mut starts: Vec<usize> = self.pairs.iter().flat_map(|p| p.starts.clone()).collect();
        starts.sort_unstable();
        starts.dedup();
        let verdict = match self.pairs[0].clash {
            Clash::Unknown => Verdict::Maybe,
            Clash::Declared { .. } if starts.len() == phases => Verdict::Certain,
            Clash::Declared { .. } => Verdict::Likely,
        };
        Sharing {
            cache_line,
            verdict,
            share_of_phases: starts.len() as f64 / phases as f64,
            phases,
            lines: self.lines,
            fields: self.members.iter().map(|&m| accesses[m].path.clone()).collect(),
            pairs: self.pairs,
        }
    }
}

/// Whether the two must not share a line, and whether it is `b` that is written.
pub(super) fn clash(a: &Access, b: &Access) -> Option<(Clash, bool)> {
    if let Some(clash) = disturbs(a, b) {
        return Some((clash, false));
    }
    if let Some(clash) = disturbs(b, a) {
        return Some((clash, true));
    }
    let synchronised = a.word != super::Word::Plain && b.word != super::Word::Plain;
    (synchronised && (a.undeclared || b.undeclared)).then_some((Clash::Unknown, false))
}

/// An actor writes `a`, and another uses `b` without needing `a`, or is the only writer of `b` as
/// the first is of `a`. Where both need the same words the sharing is true, not false.
fn disturbs(a: &Access, b: &Access) -> Option<Clash> {
    for writer in &a.writers {
        let foreign = |actor: &&String| *actor != writer;
        let other_writer = b
            .writers
            .iter()
            .filter(foreign)
            .find(|other| !a.used_by(other) || (!b.written_by(writer) && !a.written_by(other)));
        let other_reader = b.readers.iter().filter(foreign).find(|other| !a.used_by(other));
        if let Some(other) = other_writer.or(other_reader) {
            return Some(Clash::Declared {
                writer: writer.clone(),
                other: other.clone(),
                also_writes: other_writer.is_some(),
            });
        }
    }
    None
}

#[cfg(test)]
mod tests;
