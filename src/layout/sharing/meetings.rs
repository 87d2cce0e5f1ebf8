//! Finds the pairs of fields that clash and meet in a line at some start.

use std::collections::HashMap;
use std::ops::Range;

use crate::access::Access;
use crate::phase::{Starts, common, meeting};

use super::{Clash, clash};

/// Two accesses that clash, and where they meet.
pub(super) struct Meeting {
    /// Their numbers, the written one first.
    pub(super) members: [usize; 2],
    pub(super) clash: Clash,
    pub(super) starts: Starts,
    /// The lines they meet in when the object starts a line.
    pub(super) lines: Range<usize>,
}

/// All pairs of `accesses` that clash and meet in a line of `line` bytes at one of `starts`. Only
/// spans within a line of each other are compared.
pub(super) fn meetings(accesses: &[Access], starts: Starts, line: usize) -> Vec<Meeting> {
    let mut spans: Vec<(Range<usize>, usize)> = Vec::new();
    for (number, access) in accesses.iter().enumerate().filter(|(_, access)| access.is_subject()) {
        spans.extend(access.bytes.iter().map(|bytes| (bytes.clone(), number)));
    }
    spans.sort_by_key(|(bytes, number)| (bytes.start, *number));
    let mut near: Vec<&(Range<usize>, usize)> = Vec::new();
    let mut found: HashMap<(usize, usize), (Starts, Range<usize>)> = HashMap::new();
    for span in &spans {
        let (bytes, number) = span;
        near.retain(|(other, _)| other.end + line > bytes.start);
        for (other, another) in near.iter().filter(|(_, another)| another != number) {
            let here = meeting(other, bytes, line) & starts;
            if here != 0 {
                let key = (*another.min(number), *another.max(number));
                let lines = common(other, bytes, line);
                let known = found.entry(key).or_insert((0, lines.clone()));
                known.0 |= here;
                known.1 = join(&known.1, &lines);
            }
        }
        near.push(span);
    }
    let mut pairs: Vec<_> = found.into_iter().collect();
    pairs.sort_by_key(|(key, _)| *key);
    let told = pairs.into_iter().filter_map(|((first, second), (starts, lines))| {
        let (clash, swapped) = clash(&accesses[first], &accesses[second])?;
        let members = if swapped { [second, first] } else { [first, second] };
        Some(Meeting { members, clash, starts, lines })
    });
    told.collect()
}

/// The lines from the first of both to the last.
fn join(a: &Range<usize>, b: &Range<usize>) -> Range<usize> {
    match (a.is_empty(), b.is_empty()) {
        (true, _) => b.clone(),
        (_, true) => a.clone(),
        _ => a.start.min(b.start)..a.end.max(b.end),
    }
}
