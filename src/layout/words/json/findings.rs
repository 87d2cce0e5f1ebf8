//! What else was found out about a type, as parts of its JSON.

use serde::Serialize;

use crate::Judged;
use crate::findings::{Measured, Timed};
use crate::perf::Joined;
use crate::suggest::{Group, Suggestion};
use racelab::explore::native::figures::Finding;
use racelab::explore::native::spread::Spread;
use racelab::words::note::machine;

#[derive(Serialize)]
pub(super) struct SuggestionDocument<'a> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<GroupDocument<'a>>,
    /// The fields in the proposed order, each with its offset.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    order: Vec<Placed<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<usize>,
    /// Bytes that the order by size would save, and the fields that would meet.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<Refused<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pad: Option<Pad<'a>>,
    /// What it is about, where no order helps.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    fields: &'a [String],
}

/// Bytes of an array's element now, and as many as fill its lines.
#[derive(Serialize)]
struct Pad<'a> {
    array: &'a str,
    size: usize,
    padded: usize,
    count: usize,
}

#[derive(Serialize)]
struct GroupDocument<'a> {
    writers: &'a [String],
    fields: &'a [String],
}

#[derive(Serialize)]
struct Placed<'a> {
    name: &'a str,
    offset: usize,
}

#[derive(Serialize)]
struct Refused<'a> {
    saved: usize,
    fields: &'a [String; 2],
}

/// The suggestion as a document.
pub(super) fn suggestion<'a>(of: &'a Suggestion) -> SuggestionDocument<'a> {
    match of {
        Suggestion::Separate(groups, after) => {
            let document =
                |group: &'a Group| GroupDocument { writers: &group.writers, fields: &group.fields };
            let groups = groups.iter().map(document).collect();
            SuggestionDocument { groups, ..ordered("separate", after) }
        }
        Suggestion::Reorder(after) => ordered("reorder", after),
        Suggestion::Refused(saved, pair) => {
            let refused = Some(Refused { saved: *saved, fields: &pair.fields });
            SuggestionDocument { refused, ..bare("refused") }
        }
        Suggestion::PadElement { array, size, padded, count } => {
            let pad = Some(Pad { array, size: *size, padded: *padded, count: *count });
            SuggestionDocument { pad, ..bare("pad-element") }
        }
        Suggestion::PartBits(pair) => {
            let fields = pair.fields.as_slice();
            SuggestionDocument { fields, ..bare("part-bits") }
        }
        Suggestion::Declare(fields) => SuggestionDocument { fields, ..bare("declare") },
        Suggestion::Inside(fields) => SuggestionDocument { fields, ..bare("inside") },
        Suggestion::Keep => bare("keep"),
        Suggestion::NotAStruct => bare("not-a-struct"),
    }
}

fn bare(kind: &'static str) -> SuggestionDocument<'static> {
    let (groups, order) = (Vec::new(), Vec::new());
    SuggestionDocument { kind, groups, order, size: None, refused: None, pad: None, fields: &[] }
}

fn ordered<'a>(kind: &'static str, after: &'a Judged) -> SuggestionDocument<'a> {
    let fields = after.layout.fields.iter();
    let order = fields.map(|field| Placed { name: &field.name, offset: field.offset }).collect();
    SuggestionDocument { order, size: Some(after.layout.size), ..bare(kind) }
}

#[derive(Serialize)]
pub(super) struct MeasuredDocument<'a> {
    objects: usize,
    cache_line: usize,
    starts: Vec<Start>,
    pairs: Vec<Met<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<CostDocument<'a>>,
}

/// How many objects started at this byte of a line.
#[derive(Serialize)]
struct Start {
    start: usize,
    objects: usize,
}

/// The share of objects in which two fields met in a line.
#[derive(Serialize)]
struct Met<'a> {
    fields: &'a [String; 2],
    share: f64,
}

/// Times are nanoseconds.
#[derive(Serialize)]
struct CostDocument<'a> {
    variant: &'a str,
    baseline: &'a str,
    finding: Finding,
    ns_per_operation: Option<Spread>,
    ratio: Option<f64>,
    ratios: Option<Spread>,
    latency_ns: Option<Spread>,
    pinned: bool,
    notes: Vec<String>,
}

/// What was measured as a document.
pub(super) fn measured<'a>(judged: &'a Judged, of: &'a Measured) -> MeasuredDocument<'a> {
    let starts = of.starts.as_ref();
    let pairs = judged.drawn().iter().flat_map(|sharing| &sharing.pairs);
    let met = pairs
        .filter_map(|pair| Some(Met { fields: &pair.fields, share: starts?.share(&pair.starts) }));
    let counts = starts.map_or(&[][..], |starts| &starts.counts);
    MeasuredDocument {
        objects: starts.map_or(0, |starts| starts.objects),
        cache_line: judged.cache_line,
        starts: counts.iter().map(|&(start, objects)| Start { start, objects }).collect(),
        pairs: met.collect(),
        cost: of.cost.as_ref().map(cost),
    }
}

fn cost(of: &Timed) -> CostDocument<'_> {
    let figures = of.report.variant(&of.variant);
    CostDocument {
        variant: &of.variant,
        baseline: &of.baseline,
        finding: of.report.finding,
        ns_per_operation: figures.and_then(|figures| figures.ns_per_operation),
        ratio: figures.and_then(|figures| figures.ratio),
        ratios: figures.and_then(|figures| figures.ratios),
        latency_ns: of.report.latency.as_ref().map(|latency| latency.one_way_ns),
        pinned: of.report.pinned,
        notes: of.report.notes.iter().map(|&note| machine(note)).collect(),
    }
}

/// Accesses that perf recorded.
#[derive(Serialize)]
pub(super) struct PerfDocument<'a> {
    recorded: usize,
    within: usize,
    fields: Vec<PerfField<'a>>,
}

/// How often a thread read and wrote a field; without a path, bytes between fields.
#[derive(Serialize)]
struct PerfField<'a> {
    path: &'a str,
    offset: usize,
    thread: u64,
    loads: usize,
    stores: usize,
}

pub(super) fn perf(joined: &Joined) -> PerfDocument<'_> {
    let each =
        joined.hits.iter().flat_map(|hits| hits.threads.iter().map(move |told| (hits, told)));
    let fields = each.map(|(hits, (&thread, &(loads, stores)))| PerfField {
        path: &hits.path,
        offset: hits.offset,
        thread,
        loads,
        stores,
    });
    let Joined { recorded, within, .. } = *joined;
    PerfDocument { recorded, within, fields: fields.collect() }
}
