//! The rows of the table of fields: fields, what is inside them, holes, and variants.

use std::ops::Range;

use crate::holes::{footprint, holes, variant_holes};
use crate::names::short;
use crate::sharing::Verdict;
use crate::words::ink::Ink;
use crate::{FieldLayout, Judged, Role, TypeKind, TypeLayout, Word};

/// A row before it is fitted to the width.
pub(crate) struct Row {
    pub(crate) offset: usize,
    pub(crate) size: usize,
    /// `!`, `?` or a space.
    pub(crate) sign: char,
    pub(crate) ink: Ink,
    /// The first cell is a title over the rows that follow.
    pub(crate) title: bool,
    /// Name, type, writers, readers, note.
    pub(crate) cells: [String; 5],
}

/// Variants listed before the rest is only counted.
const MOST_VARIANTS: usize = 64;

/// The rows of `judged`, nested fields down to `depth` levels. Atomics, locks and enums are opened
/// only from the second level on.
pub(crate) fn rows(judged: &Judged, depth: usize) -> Vec<Row> {
    let mut collector = Collector { judged, depth, rows: Vec::new() };
    collector.layout(&judged.layout, &Nesting::default());
    collector.rows
}

/// Where in the tree of fields we are.
#[derive(Default)]
struct Nesting {
    base: usize,
    level: usize,
    path: String,
    /// Somebody is declared to use the field we are in.
    declared: bool,
}

struct Collector<'a> {
    judged: &'a Judged,
    depth: usize,
    rows: Vec<Row>,
}

impl Collector<'_> {
    fn layout(&mut self, layout: &TypeLayout, at: &Nesting) {
        let fields = layout.fields.iter().chain(&layout.tag);
        let holes = if layout.variants.is_empty() { holes(layout) } else { Vec::new() };
        self.fields(fields.collect(), holes, layout.size, at);
        for variant in layout.variants.iter().take(MOST_VARIANTS) {
            let tag = variant.tag_value.as_ref().map_or_else(
                || {
                    if layout.tag.is_some() { ", any other tag".to_owned() } else { String::new() }
                },
                |value| format!(", tag {value}"),
            );
            let line = variant.line.map_or(String::new(), |line| format!(", line {line}"));
            self.title(format!("{}{}{tag}{line}", "  ".repeat(at.level), variant.name), at);
            let holes = variant_holes(layout, &variant.fields);
            let holes = if layout.kind == TypeKind::Enum && layout.fields.is_empty() {
                holes
            } else {
                Vec::new()
            };
            let path = match at.path.as_str() {
                "" => variant.name.clone(),
                path => format!("{path}.{}", variant.name),
            };
            let inside = Nesting { path, ..*at };
            self.fields(variant.fields.iter().collect(), holes, layout.size, &inside);
        }
        if layout.variants.len() > MOST_VARIANTS {
            self.title(format!("and {} more", layout.variants.len() - MOST_VARIANTS), at);
        }
    }

    fn fields(
        &mut self,
        fields: Vec<&FieldLayout>,
        holes: Vec<Range<usize>>,
        size: usize,
        at: &Nesting,
    ) {
        let holes = holes.into_iter().map(|hole| (hole, None));
        let fields = fields.into_iter().map(|field| (field.offset..field.end(), Some(field)));
        let mut items: Vec<(Range<usize>, Option<&FieldLayout>)> = fields.chain(holes).collect();
        items.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
        for (bytes, field) in items {
            match field {
                Some(field) => self.field(field, at),
                None => self.hole(bytes, size, at),
            }
        }
    }

    fn field(&mut self, field: &FieldLayout, at: &Nesting) {
        // As in C, the fields of a member without a name are those of the type around it.
        let path = match (at.path.as_str(), field.name.as_str()) {
            (path, "(anonymous)") => path.to_owned(),
            ("", name) => name.to_owned(),
            (path, name) => format!("{path}.{name}"),
        };
        let declared = at.declared || field.declared();
        let sign = match self.judged.verdict_of(&path) {
            Some(Verdict::DataRace | Verdict::Certain | Verdict::Likely) => '!',
            Some(Verdict::Maybe) => '?',
            None => ' ',
        };
        let cells = [
            format!("{}{}", "  ".repeat(at.level), field.name),
            short(&field.type_name),
            field.writers.join(", "),
            field.readers.join(", "),
            note(field, declared),
        ];
        let (offset, size) = (at.base + field.offset, field.size);
        self.rows.push(Row { offset, size, sign, ink: Ink::Quiet, title: false, cells });
        // Of an array without a length nothing lies inside the type.
        let Some(inner) = field.inner.as_ref().filter(|_| field.role != Role::Flexible) else {
            return;
        };
        let closed = field.word != Word::Plain || inner.kind == TypeKind::Enum;
        let below = Nesting { base: offset, level: at.level + 1, path, declared };
        if below.level <= self.depth && (!closed || self.depth > 1) {
            self.layout(inner, &below);
        }
    }

    fn hole(&mut self, bytes: Range<usize>, size: usize, at: &Nesting) {
        let name = if bytes.end == size { "(padding)" } else { "(hole)" };
        let mut cells = [const { String::new() }; 5];
        cells[0] = format!("{}{name}", "  ".repeat(at.level));
        let (offset, size) = (at.base + bytes.start, bytes.len());
        self.rows.push(Row { offset, size, sign: ' ', ink: Ink::Hole, title: false, cells });
    }

    fn title(&mut self, text: String, at: &Nesting) {
        let cells = [text, String::new(), String::new(), String::new(), String::new()];
        let (offset, ink) = (at.base, Ink::Heading);
        self.rows.push(Row { offset, size: 0, sign: ' ', ink, title: true, cells });
    }
}

fn note(field: &FieldLayout, declared: bool) -> String {
    let mut notes: Vec<String> = Vec::new();
    if let Some(bits) = field.bits {
        let first = bits.first - field.offset * 8;
        notes.push(format!("bits {first}..{}", first + bits.count));
    } else if field.role == Role::Flexible {
        notes.push("no length".to_owned());
    } else if field.size == 0 {
        notes.push("zero-sized".to_owned());
    }
    if field.announced {
        notes.push("(only declared here)".to_owned());
    }
    if field.role == Role::VirtualBase {
        notes.push("virtual base".to_owned());
    }
    match field.word {
        Word::Atomic if !declared => notes.push("atomic".to_owned()),
        Word::Lock if !declared => notes.push("lock".to_owned()),
        _ => {}
    }
    let used: usize = footprint(field).iter().map(|bytes| bytes.len()).sum();
    if used < field.size {
        notes.push(format!("{} free inside", field.size - used));
    }
    notes.join(", ")
}
