//! The fields of a type as a table: offset, size, name, type, who writes, who reads.

use crate::layout::holes::{footprint, holes};
use crate::layout::names::short;
use crate::layout::sharing::Verdict;
use crate::layout::{FieldLayout, Judged, TypeLayout, Word};
use crate::render::layout::ink::{Ink, paint};
use crate::render::layout::width::{cut, wrap};

/// A row before it is fitted to the width.
struct Row {
    offset: usize,
    size: usize,
    /// `!`, `?` or a space.
    sign: char,
    ink: Ink,
    cells: [String; 5],
}

const TITLES: [&str; 5] = ["field", "type", "written by", "read by", "note"];
/// No column is cut below this.
const NARROWEST: usize = 6;
/// Below this width every field gets a sentence instead.
const SENTENCES: usize = 60;

/// The table of `judged` in at most `width` columns, nested fields down to `depth` levels. A column
/// that would be empty is left out.
pub(crate) fn table(judged: &Judged, depth: usize, width: usize) -> String {
    let mut rows = Vec::new();
    let top = Nesting {
        base: 0,
        level: 0,
        path: "",
        declared: false,
        depth,
    };
    rows_of(judged, &judged.layout, top, &mut rows);
    if width < SENTENCES {
        return rows
            .iter()
            .map(|row| format!("{} {}\n", row.sign, wrap(&sentence(row), width - 2, 4)))
            .collect();
    }
    let numbers =
        |number: fn(&Row) -> usize| rows.iter().map(|r| number(r).to_string().len()).max();
    let offset = numbers(|row| row.offset).unwrap_or(0).max(3);
    let size = numbers(|row| row.size).unwrap_or(0).max(4);
    let columns = fit(&rows, width.saturating_sub(1 + offset + 1 + size + 3));
    let mut out = format!(" {:>offset$} {:>size$}  ", "off", "size");
    for (title, column) in TITLES.iter().zip(columns) {
        if column > 0 {
            out.push_str(&format!(" {:<column$} ", cut(title, column)));
        }
    }
    out = paint(out.trim_end(), Ink::Heading) + "\n";
    for row in &rows {
        let mut line = format!(" {:>offset$} {:>size$} ", row.offset, row.size);
        match row.sign {
            ' ' => line.push(' '),
            sign => line.push_str(&paint(&sign.to_string(), Ink::Alarm)),
        }
        let mut text = String::new();
        for (cell, column) in row.cells.iter().zip(columns) {
            if column > 0 {
                text.push_str(&format!(" {:<column$} ", cut(cell, column)));
            }
        }
        out.push_str(&line);
        out.push_str(&paint(text.trim_end(), row.ink));
        out.push('\n');
    }
    out
}

/// `8..16 epoch: AtomicU64, written by writer`.
fn sentence(row: &Row) -> String {
    let [name, of, writers, readers, note] = &row.cells;
    let said = [
        ("", of),
        ("written by ", writers),
        ("read by ", readers),
        ("", note),
    ];
    let said = said.iter().filter(|(_, text)| !text.is_empty());
    let said: Vec<String> = said
        .map(|(before, text)| format!("{before}{text}"))
        .collect();
    let colon = if said.is_empty() { "" } else { ": " };
    let (from, to) = (row.offset, row.offset + row.size);
    format!("{from}..{to} {}{colon}{}", name.trim(), said.join(", "))
}

/// Where in the tree of fields we are.
struct Nesting<'a> {
    base: usize,
    level: usize,
    path: &'a str,
    /// Somebody is declared to use the field we are in.
    declared: bool,
    depth: usize,
}

fn rows_of(judged: &Judged, layout: &TypeLayout, at: Nesting<'_>, rows: &mut Vec<Row>) {
    let from = rows.len();
    let indent = "  ".repeat(at.level);
    for field in &layout.fields {
        rows.push(row_of(judged, field, &at));
    }
    for hole in holes(layout) {
        let name = if hole.end == layout.size {
            "(padding)"
        } else {
            "(hole)"
        };
        let mut cells = [const { String::new() }; 5];
        cells[0] = format!("{indent}{name}");
        let (offset, size) = (at.base + hole.start, hole.len());
        rows.push(Row {
            offset,
            size,
            sign: ' ',
            ink: Ink::Hole,
            cells,
        });
    }
    rows[from..].sort_by_key(|row| (row.offset, row.size));
    if at.level >= at.depth {
        return;
    }
    for field in &layout.fields {
        let Some(inner) = &field.inner else { continue };
        let mut nested = Vec::new();
        let path = join(at.path, &field.name);
        let below = Nesting {
            base: at.base + field.offset,
            level: at.level + 1,
            path: &path,
            declared: at.declared || field.declared(),
            ..at
        };
        rows_of(judged, inner, below, &mut nested);
        let name = format!("{indent}{}", field.name);
        let place = rows[from..]
            .iter()
            .position(|row| row.cells[0] == name && row.offset == at.base + field.offset);
        let place = place.map_or(rows.len(), |place| from + place + 1);
        rows.splice(place..place, nested);
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

fn row_of(judged: &Judged, field: &FieldLayout, at: &Nesting<'_>) -> Row {
    let sign = match judged.verdict_of(&join(at.path, &field.name)) {
        Some(Verdict::Certain | Verdict::Likely) => '!',
        Some(Verdict::Maybe) => '?',
        None => ' ',
    };
    let cells = [
        format!("{}{}", "  ".repeat(at.level), field.name),
        short(&field.type_name),
        field.writers.join(", "),
        field.readers.join(", "),
        note(field, at.declared || field.declared()),
    ];
    Row {
        offset: at.base + field.offset,
        size: field.size,
        sign,
        ink: Ink::Quiet,
        cells,
    }
}

fn note(field: &FieldLayout, declared: bool) -> String {
    let mut notes: Vec<String> = Vec::new();
    if let Some(bits) = field.bits {
        let first = bits.first - field.offset * 8;
        notes.push(format!("bits {first}..{}", first + bits.count));
    } else if field.size == 0 {
        notes.push("zero-sized".to_owned());
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

/// Widths of the columns so that they fit in `room` with a space on either side: the widest gives
/// way first. 0 leaves the column out.
fn fit(rows: &[Row], room: usize) -> [usize; 5] {
    let mut widths = [0; 5];
    for (column, width) in widths.iter_mut().enumerate() {
        let longest = rows
            .iter()
            .map(|row| row.cells[column].chars().count())
            .max()
            .unwrap_or(0);
        *width = if longest == 0 {
            0
        } else {
            longest.max(TITLES[column].len())
        };
    }
    loop {
        let used: usize = widths
            .iter()
            .filter(|&&width| width > 0)
            .map(|width| width + 2)
            .sum();
        let widest = widths.iter_mut().max();
        match widest {
            Some(widest) if used > room && *widest > NARROWEST => *widest -= 1,
            _ => return widths,
        }
    }
}
