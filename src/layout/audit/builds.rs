//! Two builds of one program beside each other: which types grew, and which verdicts are new.

use std::collections::HashMap;

use crate::Judged;
use crate::diff::{Move, diff};
use crate::sharing::Verdict;

/// A type that differs between two builds.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Its whole name.
    pub name: String,
    /// Its bytes before and after; `None` where it is not there.
    pub sizes: [Option<usize>; 2],
    /// The strongest verdict before and after.
    pub verdicts: [Option<Verdict>; 2],
    /// The fields that came, went, moved or changed their size.
    pub moves: Vec<Move>,
}

/// The types that differ, those that grew most first. A type is known by its name; of several of
/// one name, those that are in both builds are left out.
pub fn changes(old: &[Judged], new: &[Judged]) -> Vec<Change> {
    let mut before: HashMap<&str, Vec<&Judged>> = HashMap::new();
    for judged in old {
        before.entry(&judged.layout.name).or_default().push(judged);
    }
    let mut found = Vec::new();
    for now in new {
        let name = now.layout.name.as_str();
        let Some(same) = before.get_mut(name) else {
            found.push(change(None, Some(now)));
            continue;
        };
        let equal = same.iter().position(|was| unchanged(was, now));
        if let Some(at) = equal {
            same.remove(at);
        } else if !same.is_empty() {
            found.push(change(Some(same.remove(0)), Some(now)));
        } else {
            found.push(change(None, Some(now)));
        }
    }
    let mut gone: Vec<&Judged> = before.into_values().flatten().collect();
    gone.sort_by(|a, b| a.layout.name.cmp(&b.layout.name));
    found.extend(gone.into_iter().map(|was| change(Some(was), None)));
    found.sort_by_key(|change| {
        let [old, new] = change.sizes.map(|size| size.map(|size| size as i64));
        let both = old.is_some() && new.is_some();
        (!both, -(new.unwrap_or(0) - old.unwrap_or(0)).abs())
    });
    found
}

fn unchanged(was: &Judged, now: &Judged) -> bool {
    let verdicts = was.strongest() == now.strongest();
    verdicts && was.layout.size == now.layout.size && moved(was, now).is_empty()
}

fn moved(was: &Judged, now: &Judged) -> Vec<Move> {
    let mut moves = diff(&was.layout, &now.layout);
    moves.retain(|moved| moved.before != moved.after);
    moves
}

fn change(was: Option<&Judged>, now: Option<&Judged>) -> Change {
    let name = now.or(was).map(|judged| judged.layout.name.clone()).unwrap_or_default();
    Change {
        name,
        sizes: [was, now].map(|judged| judged.map(|judged| judged.layout.size)),
        verdicts: [was, now].map(|judged| judged.and_then(Judged::strongest)),
        moves: was.zip(now).map_or_else(Vec::new, |(was, now)| moved(was, now)),
    }
}
