//! Two types compared, as a part of their JSON.

use serde::Serialize;

use crate::Judged;
use crate::diff::{Move, Span, diff};
use crate::sharing::{Sharing, Verdict};

use super::word;

#[derive(Serialize)]
pub(super) struct DiffDocument<'a> {
    before: &'a str,
    after: &'a str,
    /// Bytes that the second takes more than the first; below zero, fewer.
    bytes: i64,
    /// The size of the second divided by that of the first, where that has any.
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<f64>,
    /// One for each size of cache line.
    sharing: Vec<SharingDocument>,
    fields: Vec<MoveDocument>,
}

#[derive(Serialize)]
struct SharingDocument {
    cache_line: usize,
    before: Seen,
    after: Seen,
}

/// The strongest verdict.
#[derive(Serialize)]
struct Seen {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    share_of_phases: Option<f64>,
}

/// A field of either; `null` where it is not.
#[derive(Serialize)]
struct MoveDocument {
    name: String,
    before: Option<Place>,
    after: Option<Place>,
}

#[derive(Serialize)]
struct Place {
    offset: usize,
    size: usize,
    /// Of the sharing it takes part in, in the line it is drawn in.
    #[serde(skip_serializing_if = "Option::is_none")]
    verdict: Option<&'static str>,
}

/// What a change from `before` to `after` costs, and whether it ends the sharing.
pub(super) fn difference<'a>(before: &'a Judged, after: &'a Judged) -> DiffDocument<'a> {
    let sizes = [before, after].map(|judged| judged.layout.size);
    let sharing = before.sharing.iter().filter_map(|(line, found)| {
        let (_, other) = after.sharing.iter().find(|(size, _)| size == line)?;
        let (before, after) = (seen(before, found), seen(after, other));
        Some(SharingDocument { cache_line: *line, before, after })
    });
    let moved = |Move { name, before: old, after: new }| MoveDocument {
        before: old.map(|span| place(before, &name, span)),
        after: new.map(|span| place(after, &name, span)),
        name,
    };
    DiffDocument {
        before: &before.layout.name,
        after: &after.layout.name,
        bytes: sizes[1] as i64 - sizes[0] as i64,
        times: (sizes[0] > 0).then(|| sizes[1] as f64 / sizes[0] as f64),
        sharing: sharing.collect(),
        fields: diff(&before.layout, &after.layout).into_iter().map(moved).collect(),
    }
}

fn seen(judged: &Judged, found: &[Sharing]) -> Seen {
    match found.first() {
        Some(sharing) => {
            Seen { verdict: word(sharing.verdict), share_of_phases: Some(sharing.share_of_phases) }
        }
        None if judged.subjects < 2 => Seen { verdict: "not-judged", share_of_phases: None },
        None => Seen { verdict: "none", share_of_phases: Some(0.0) },
    }
}

fn place(judged: &Judged, name: &str, (start, end): Span) -> Place {
    let verdict: Option<Verdict> = judged.verdict_of(name);
    Place { offset: start, size: end - start, verdict: verdict.map(word) }
}
