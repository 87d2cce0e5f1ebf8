//! Judges false sharing: which fields of one object lie in one cache line although different
//! threads use them, and at how many of the places where the object may start.

mod meetings;
mod paths;

use std::collections::HashSet;

use crate::TypeLayout;
use crate::access::{Access, accesses};
use crate::phase::{Starts, listed, set};
use crate::placement::Placement;

use meetings::{Meeting, meetings};
pub use paths::{collapse, template};

/// How much is known; ordered by strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Words made for several threads lie in one line, but who writes them was not declared.
    Maybe,
    /// Declared users share a line at some of the places where the object may start.
    Likely,
    /// Declared users share a line wherever the object starts.
    Certain,
    /// Two declared users write into one memory location: bit-fields beside each other.
    DataRace,
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
    /// As [`Clash::Declared`], and the two are bit-fields of one memory location.
    Race {
        /// The actor who writes the first.
        writer: String,
        /// The actor who uses the second.
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

/// What of one strength can be said of the fields of a type.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// The size of the cache line this was judged for, in bytes.
    pub cache_line: usize,
    /// How much is known.
    pub verdict: Verdict,
    /// Share of the possible starts at which at least one pair meets in a line; in (0, 1].
    pub share_of_phases: f64,
    /// How many starts there are.
    pub phases: usize,
    /// The lines where pairs meet when the object starts a line, each with the strongest that can
    /// be said of a single pair there; empty if they meet only otherwise.
    pub lines: Vec<(usize, Verdict)>,
    /// The paths of the fields, by offset; of an array with many of them, in one.
    pub fields: Vec<String>,
    /// Pairs, most often meeting first, those with two writers before the others. Of very many
    /// only as many as it takes to have every start.
    pub pairs: Vec<Pair>,
    /// How many more there are.
    pub more_pairs: usize,
}

/// What can be said of `layout` in lines of `cache_line` bytes (at most 128) for the starts that
/// `placement` allows, strongest first. Empty means: no pair of declared users, and no two
/// synchronised words, ever meet in a line of one object.
pub fn judge(layout: &TypeLayout, cache_line: usize, placement: Placement) -> Vec<Sharing> {
    judge_accesses(&accesses(layout), &placement.starts(layout, cache_line), cache_line)
}

/// As [`judge`], of these accesses.
pub(crate) fn judge_accesses(
    accesses: &[Access],
    starts: &[usize],
    cache_line: usize,
) -> Vec<Sharing> {
    let mut found = meetings(accesses, set(starts), cache_line);
    let class = |meeting: &Meeting| match meeting.clash {
        Clash::Race { .. } => 0,
        Clash::Declared { .. } => 1,
        Clash::Unknown => 2,
    };
    found.sort_by_key(|meeting| {
        let both = matches!(meeting.clash, Clash::Declared { also_writes: true, .. });
        (class(meeting), std::cmp::Reverse(meeting.starts.count_ones()), !both)
    });
    let classes = found.chunk_by(|a, b| class(a) == class(b));
    classes.map(|meetings| summary(meetings, accesses, starts.len(), cache_line)).collect()
}

/// Pairs that are kept whatever they add.
const MOST_PAIRS: usize = 64;

fn summary(found: &[Meeting], accesses: &[Access], phases: usize, cache_line: usize) -> Sharing {
    let all = found.iter().fold(0, |all, meeting| all | meeting.starts);
    let certain = all.count_ones() as usize == phases;
    let strength = |clash: &Clash, certain: bool| match clash {
        Clash::Unknown => Verdict::Maybe,
        Clash::Race { .. } => Verdict::DataRace,
        Clash::Declared { .. } if certain => Verdict::Certain,
        Clash::Declared { .. } => Verdict::Likely,
    };
    let mut pairs = Vec::new();
    let mut shown: Starts = 0;
    for meeting in found {
        if pairs.len() < MOST_PAIRS || meeting.starts & !shown != 0 {
            shown |= meeting.starts;
            let fields = meeting.members.map(|at| accesses[at].path.clone());
            let starts = listed(meeting.starts);
            pairs.push(Pair { fields, clash: meeting.clash.clone(), starts });
        }
    }
    let mut lines: Vec<(usize, Verdict)> = Vec::new();
    for meeting in found {
        let strength = strength(&meeting.clash, meeting.starts.count_ones() as usize == phases);
        lines.extend(meeting.lines.clone().map(|line| (line, strength)));
    }
    lines.sort_by_key(|&(line, strength)| (line, std::cmp::Reverse(strength)));
    lines.dedup_by_key(|(line, _)| *line);
    let members: HashSet<usize> = found.iter().flat_map(|meeting| meeting.members).collect();
    let mut members: Vec<usize> = members.into_iter().collect();
    members.sort_unstable();
    Sharing {
        cache_line,
        verdict: strength(&found[0].clash, certain),
        share_of_phases: f64::from(all.count_ones()) / phases as f64,
        phases,
        lines,
        fields: collapse(members.iter().map(|&at| accesses[at].path.as_str()), 16),
        more_pairs: found.len() - pairs.len(),
        pairs,
    }
}

/// Whether the two must not share a line, and whether it is `b` that is written.
pub(super) fn clash(a: &Access, b: &Access) -> Option<(Clash, bool)> {
    if !a.alive_with(b) {
        return None;
    }
    if let Some(clash) = disturbs(a, b) {
        return Some((clash, false));
    }
    if let Some(clash) = disturbs(b, a) {
        return Some((clash, true));
    }
    // Of an array's writers each may have elements of its own, and then all of an element.
    let one = a.element == b.element && a.writers == b.writers;
    if !one && (a.element.is_some() || b.element.is_some()) {
        let other = |writer: &String| b.writers.iter().find(|other| *other != writer);
        let two =
            a.writers.iter().find_map(|writer| Some((writer.clone(), other(writer)?.clone())));
        if let Some((writer, other)) = two {
            return Some((Clash::Declared { writer, other, also_writes: true }, false));
        }
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
            let (writer, other, also_writes) =
                (writer.clone(), other.clone(), other_writer.is_some());
            return Some(match a.location.is_some() && a.location == b.location {
                true => Clash::Race { writer, other, also_writes },
                false => Clash::Declared { writer, other, also_writes },
            });
        }
    }
    None
}

#[cfg(test)]
mod tests;
