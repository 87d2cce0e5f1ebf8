//! A layout as JSON: the document `racelab/2` of the command `layout`.
//!
//! All offsets and sizes are bytes. Fields are only ever added.

mod audit;
mod diff;
mod findings;
mod verified;

use serde::Serialize;

pub use audit::{audit_json, changes_json, check_json};

use crate::dwarf::Found;
use crate::findings::Findings;
use crate::holes::{holes, variant_holes};
use crate::sharing::{Clash, Pair, Sharing, Verdict};
use crate::{FieldLayout, Judged, Source, TypeKind, TypeLayout, Variant, Word};

/// The document for these types, as one line of JSON; nested fields down to `depth` levels. Where
/// there are `findings`, they are those of the types in order.
pub fn json(types: &[Judged], findings: &[Findings], depth: usize) -> String {
    json_with(types, findings, &Found::default(), depth)
}

/// As [`json`], with what is missing in the binary that they were `found` in.
pub fn json_with(types: &[Judged], findings: &[Findings], found: &Found, depth: usize) -> String {
    let findings = findings.iter().map(Some).chain(std::iter::repeat(None));
    let document = |(judged, findings)| type_document(judged, findings, depth);
    let types = types.iter().zip(findings).map(document).collect();
    written(Document { left_out: left_out(found), ..Document::new(types) })
}

/// Types that are not among those shown.
#[derive(Serialize)]
pub(super) struct LeftOut<'a> {
    types: Vec<LeftOutType<'a>>,
    /// Units whose types were split off to files that are not there.
    split_units: usize,
}

#[derive(Serialize)]
struct LeftOutType<'a> {
    name: &'a str,
    why: &'a str,
}

pub(super) fn left_out(found: &Found) -> Option<LeftOut<'_>> {
    let types = found.left_out.iter().map(|(name, why)| LeftOutType { name, why: &why.message });
    let types: Vec<_> = types.collect();
    let split_units = found.split_units;
    (!types.is_empty() || split_units > 0).then_some(LeftOut { types, split_units })
}

/// The document for these two types, and what lies between them.
pub fn diff_json(before: &Judged, after: &Judged, depth: usize) -> String {
    let types = [before, after].map(|judged| type_document(judged, None, depth));
    written(Document { diff: Some(diff::difference(before, after)), ..Document::new(types.into()) })
}

fn written(document: Document<'_>) -> String {
    serde_json::to_string(&document).expect("strings and numbers are always JSON")
}

impl<'a> Document<'a> {
    fn new(types: Vec<Type<'a>>) -> Document<'a> {
        Document { schema: "racelab/2", command: "layout", types, diff: None, left_out: None }
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    command: &'static str,
    types: Vec<Type<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diff: Option<diff::DiffDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_out: Option<LeftOut<'a>>,
}

#[derive(Serialize)]
struct Type<'a> {
    name: &'a str,
    kind: &'static str,
    size: usize,
    align: usize,
    /// The alignment is not stated in the binary; it follows from the fields.
    #[serde(skip_serializing_if = "is_false")]
    align_inferred: bool,
    /// `file:line`, as the compiler has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    declared: Option<String>,
    /// The cache line asked for.
    line: usize,
    source: &'static str,
    fields: Vec<Field<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    variants: Vec<VariantDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<Field<'a>>,
    holes: Vec<Hole>,
    shared: Vec<Shared<'a>>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    notes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    suggestion: Option<findings::SuggestionDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    measured: Option<findings::MeasuredDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    perf: Option<findings::PerfDocument<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    verified: Option<verified::VerifiedDocument<'a>>,
}

#[derive(Serialize)]
struct Field<'a> {
    name: &'a str,
    r#type: &'a str,
    offset: usize,
    size: usize,
    writers: &'a [String],
    readers: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    word: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_bit: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bits: Option<usize>,
    /// The length of each dimension of an array with more than one.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    shape: &'a [usize],
    /// How many elements an array has.
    #[serde(skip_serializing_if = "Option::is_none")]
    count: Option<usize>,
    /// Its type is only declared in this binary; the size is what it takes up to the next field.
    #[serde(skip_serializing_if = "is_false")]
    only_declared: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<Vec<Field<'a>>>,
}

#[derive(Serialize)]
struct VariantDocument<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
    /// Of a state of a future: the line where it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u32>,
    fields: Vec<Field<'a>>,
    holes: Vec<Hole>,
}

#[derive(Serialize)]
struct Hole {
    offset: usize,
    size: usize,
}

#[derive(Serialize)]
struct Shared<'a> {
    cache_line: usize,
    lines: Vec<usize>,
    verdict: &'static str,
    share_of_phases: f64,
    fields: &'a [String],
    pairs: Vec<PairDocument<'a>>,
    /// How many pairs are left out of very many; those that are there have every start.
    #[serde(skip_serializing_if = "is_zero")]
    more_pairs: usize,
}

fn is_false(set: &bool) -> bool {
    !set
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

#[derive(Serialize)]
struct PairDocument<'a> {
    fields: &'a [String; 2],
    starts: &'a [usize],
    #[serde(skip_serializing_if = "Option::is_none")]
    writer: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    other: Option<&'a str>,
}

fn type_document<'a>(judged: &'a Judged, findings: Option<&'a Findings>, depth: usize) -> Type<'a> {
    let layout = &judged.layout;
    let field = |of| field(of, depth);
    let kind = match layout.kind {
        TypeKind::Struct => "struct",
        TypeKind::Union => "union",
        TypeKind::Enum => "enum",
    };
    let source = match layout.source {
        Source::Memoffset => "memoffset",
        Source::Dwarf => "dwarf",
        Source::Btf => "btf",
    };
    Type {
        name: &layout.name,
        kind,
        size: layout.size,
        align: layout.align,
        align_inferred: layout.inferred,
        declared: layout.declared.as_ref().map(|at| format!("{}:{}", at.file, at.line)),
        line: judged.cache_line,
        source,
        fields: layout.fields.iter().map(field).collect(),
        variants: variants(layout, depth),
        tag: layout.tag.as_ref().map(field),
        holes: spans(holes(layout)),
        shared: judged.sharing.iter().flat_map(|(_, found)| found).map(shared).collect(),
        notes: &layout.notes,
        suggestion: findings.and_then(|f| f.suggestion.as_ref()).map(findings::suggestion),
        measured: findings
            .and_then(|f| f.measured.as_ref())
            .map(|measured| findings::measured(judged, measured)),
        perf: findings.and_then(|f| f.perf.as_ref()).map(findings::perf),
        verified: findings.and_then(|f| f.verified.as_ref()).map(verified::verified),
    }
}

fn variants(layout: &TypeLayout, depth: usize) -> Vec<VariantDocument<'_>> {
    let document = |variant| variant_document(layout, variant, depth);
    layout.variants.iter().map(document).collect()
}

fn variant_document<'a>(
    layout: &TypeLayout,
    variant: &'a Variant,
    depth: usize,
) -> VariantDocument<'a> {
    VariantDocument {
        name: &variant.name,
        tag: variant.tag_value.as_deref(),
        line: variant.line,
        fields: variant.fields.iter().map(|of| field(of, depth)).collect(),
        holes: spans(variant_holes(layout, &variant.fields)),
    }
}

fn field(field_layout: &FieldLayout, depth: usize) -> Field<'_> {
    let word = match field_layout.word {
        Word::Plain => None,
        Word::Atomic => Some("atomic"),
        Word::Lock => Some("lock"),
    };
    let inner = field_layout.inner.as_deref();
    let inner = inner.filter(|inner| depth > 0 && !inner.fields.is_empty());
    Field {
        name: &field_layout.name,
        r#type: &field_layout.type_name,
        offset: field_layout.offset,
        size: field_layout.size,
        writers: &field_layout.writers,
        readers: &field_layout.readers,
        word,
        first_bit: field_layout.bits.map(|bits| bits.first),
        bits: field_layout.bits.map(|bits| bits.count),
        shape: &field_layout.shape,
        count: field_layout.repeat.map(|repeat| repeat.count),
        only_declared: field_layout.announced,
        fields: inner.map(|inner| inner.fields.iter().map(|of| field(of, depth - 1)).collect()),
    }
}

fn spans(holes: Vec<std::ops::Range<usize>>) -> Vec<Hole> {
    holes.into_iter().map(|hole| Hole { offset: hole.start, size: hole.len() }).collect()
}

fn shared(sharing: &Sharing) -> Shared<'_> {
    Shared {
        cache_line: sharing.cache_line,
        lines: sharing.lines.iter().map(|(line, _)| *line).collect(),
        verdict: word(sharing.verdict),
        share_of_phases: sharing.share_of_phases,
        fields: &sharing.fields,
        pairs: sharing.pairs.iter().map(pair).collect(),
        more_pairs: sharing.more_pairs,
    }
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::DataRace => "data-race",
        Verdict::Certain => "certain",
        Verdict::Likely => "likely",
        Verdict::Maybe => "maybe",
    }
}

fn pair(pair: &Pair) -> PairDocument<'_> {
    let (writer, other) = match &pair.clash {
        Clash::Declared { writer, other, .. } | Clash::Race { writer, other, .. } => {
            (Some(writer.as_str()), Some(other.as_str()))
        }
        Clash::Unknown => (None, None),
    };
    PairDocument { fields: &pair.fields, starts: &pair.starts, writer, other }
}
