//! The fields of a type as a table: offset, size, name, type, who writes, who reads.

use crate::Judged;
use crate::words::ink::{Ink, paint};
use crate::words::rows::{Row, rows};
use crate::words::width::{cut, wrap};

const TITLES: [&str; 5] = ["field", "type", "written by", "read by", "note"];
/// No column is cut below this.
const NARROWEST: usize = 6;
/// Below this width every field gets a sentence instead.
const SENTENCES: usize = 60;

/// The table of `judged` in at most `width` columns, nested fields down to `depth` levels. A column
/// that would be empty is left out.
pub(crate) fn table(judged: &Judged, depth: usize, width: usize) -> String {
    let rows = rows(judged, depth);
    if width < SENTENCES {
        let told = rows.iter().map(|row| sentence(row, width));
        return told.collect();
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
        if row.title {
            out.push_str(&paint(&cut(&format!(" {}", row.cells[0]), width), Ink::Heading));
            out.push('\n');
            continue;
        }
        out.push_str(&format!(" {:>offset$} {:>size$} ", row.offset, row.size));
        match row.sign {
            ' ' => out.push(' '),
            sign => out.push_str(&paint(&sign.to_string(), Ink::Alarm)),
        }
        let mut text = String::new();
        for (cell, column) in row.cells.iter().zip(columns) {
            if column > 0 {
                text.push_str(&format!(" {:<column$} ", cut(cell, column)));
            }
        }
        out.push_str(&paint(text.trim_end(), row.ink));
        out.push('\n');
    }
    out
}

/// `  8..16 epoch: AtomicU64, written by writer`.
fn sentence(row: &Row, width: usize) -> String {
    let [name, of, writers, readers, note] = &row.cells;
    if row.title {
        return paint(&cut(name, width), Ink::Heading) + "\n";
    }
    let said = [("", of), ("written by ", writers), ("read by ", readers), ("", note)];
    let said = said.iter().filter(|(_, text)| !text.is_empty());
    let said: Vec<String> = said.map(|(before, text)| format!("{before}{text}")).collect();
    let colon = if said.is_empty() { "" } else { ": " };
    let (from, to) = (row.offset, row.offset + row.size);
    let text = format!("{from}..{to} {}{colon}{}", name.trim(), said.join(", "));
    format!("{} {}\n", row.sign, wrap(&text, width - 2, 4))
}

/// Widths of the columns so that they fit in `room` with a space on either side: the widest gives
/// way first. 0 leaves the column out.
fn fit(rows: &[Row], room: usize) -> [usize; 5] {
    let mut widths = [0; 5];
    for (column, width) in widths.iter_mut().enumerate() {
        let longest = rows
            .iter()
            .filter(|row| !row.title)
            .map(|row| racelab::words::width(&row.cells[column]))
            .max()
            .unwrap_or(0);
        *width = if longest == 0 { 0 } else { longest.max(TITLES[column].len()) };
    }
    loop {
        let used: usize = widths.iter().filter(|&&width| width > 0).map(|width| width + 2).sum();
        let widest = widths.iter_mut().max();
        match widest {
            Some(widest) if used > room && *widest > NARROWEST => *widest -= 1,
            _ => return widths,
        }
    }
}
