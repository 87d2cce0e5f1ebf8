//! An audit, and two builds compared, as JSON.

use serde::Serialize;

use crate::audit::Row;
use crate::audit::baseline::Worse;
use crate::audit::builds::Change;
use crate::dwarf::Found;

use super::{LeftOut, left_out, word};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    command: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    audit: Option<Vec<RowDocument<'a>>>,
    /// Against a baseline.
    #[serde(skip_serializing_if = "Option::is_none")]
    worse: Option<Vec<WorseDocument<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    changes: Option<Vec<ChangeDocument<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOut<'a>>,
}

#[derive(Serialize)]
struct RowDocument<'a> {
    name: &'a str,
    kind: &'static str,
    size: usize,
    align: usize,
    align_inferred: bool,
    holes: usize,
    largest_hole: usize,
    waste: usize,
    lines: usize,
    verdict: Option<&'static str>,
    share_of_phases: Option<f64>,
    fields: &'a [String],
    file: Option<&'a str>,
    line: Option<u32>,
}

#[derive(Serialize)]
struct WorseDocument<'a> {
    name: &'a str,
    file: Option<&'a str>,
    why: &'a [String],
}

#[derive(Serialize)]
struct ChangeDocument<'a> {
    name: &'a str,
    before: Side,
    after: Side,
    fields: Vec<Moved<'a>>,
}

#[derive(Serialize)]
struct Side {
    size: Option<usize>,
    verdict: Option<&'static str>,
}

#[derive(Serialize)]
struct Moved<'a> {
    name: &'a str,
    before: Option<(usize, usize)>,
    after: Option<(usize, usize)>,
}

/// The document of an audit: the baseline of a later one.
pub fn audit_json(rows: &[Row], found: &Found) -> String {
    written(&Document { audit: Some(documents(rows)), left_out: left_out(found), ..empty() })
}

/// As [`audit_json`], with what is worse than the baseline.
pub fn check_json(rows: &[Row], worse: &[Worse], found: &Found) -> String {
    let told = worse.iter().map(|worse| WorseDocument {
        name: &worse.row.name,
        file: worse.row.place.as_ref().map(|(file, _)| file.as_str()),
        why: &worse.why,
    });
    let worse = Some(told.collect());
    written(&Document { audit: Some(documents(rows)), worse, left_out: left_out(found), ..empty() })
}

/// The document of two builds.
pub fn changes_json(changes: &[Change]) -> String {
    let side = |change: &Change, at: usize| Side {
        size: change.sizes[at],
        verdict: change.verdicts[at].map(word),
    };
    let changes = changes.iter().map(|change| ChangeDocument {
        name: &change.name,
        before: side(change, 0),
        after: side(change, 1),
        fields: change
            .moves
            .iter()
            .map(|moved| Moved { name: &moved.name, before: moved.before, after: moved.after })
            .collect(),
    });
    written(&Document { changes: Some(changes.collect()), ..empty() })
}

fn empty() -> Document<'static> {
    let (schema, command) = ("racelab/2", "layout");
    Document { schema, command, audit: None, worse: None, changes: None, left_out: None }
}

fn documents(rows: &[Row]) -> Vec<RowDocument<'_>> {
    rows.iter().map(document).collect()
}

fn document(row: &Row) -> RowDocument<'_> {
    RowDocument {
        name: &row.name,
        kind: row.kind,
        size: row.size,
        align: row.align.0,
        align_inferred: row.align.1,
        holes: row.holes,
        largest_hole: row.largest_hole,
        waste: row.waste,
        lines: row.lines,
        verdict: row.verdict.map(|(verdict, _)| word(verdict)),
        share_of_phases: row.verdict.map(|(_, share)| share),
        fields: &row.fields,
        file: row.place.as_ref().map(|(file, _)| file.as_str()),
        line: row.place.as_ref().map(|(_, line)| *line),
    }
}

fn written(document: &Document<'_>) -> String {
    serde_json::to_string(document).expect("strings and numbers are always JSON")
}
