//! Two layouts beside each other: the price of a change, and whether it ends the sharing.

use crate::Judged;
use crate::diff::{Move, Span, diff};
use crate::phase::lines;
use crate::sharing::{Sharing, Verdict};
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, cut};

/// The comparison as text in lines of at most `width` columns (at least 60).
pub fn diff_text(before: &Judged, after: &Judged, width: usize) -> String {
    let width = width.max(60);
    let column = (width - 24) / 2;
    let row = |title: &str, left: &str, right: &str| {
        let (left, right) = (cut(left, column), cut(right, column));
        format!("{title:<22} {left:<column$} {right}").trim_end().to_owned() + "\n"
    };
    let names = [before, after].map(|judged| judged.layout.title());
    let mut out = paint(&row("", "before", "after"), Ink::Heading);
    out.push_str(&row("type", &names[0], &names[1]));
    let sizes = [before, after].map(|judged| count(judged.layout.size, "byte"));
    out.push_str(&row("size", &sizes[0], &format!("{}{}", sizes[1], price(before, after))));
    let aligns = [before, after].map(|judged| judged.layout.align.to_string());
    out.push_str(&row("alignment", &aligns[0], &aligns[1]));
    for (line, found) in &before.sharing {
        let other = after.sharing.iter().find(|(size, _)| size == line);
        let right = other.map_or_else(String::new, |(_, found)| verdict(after, found));
        out.push_str(&row(&format!("sharing, lines of {line}"), &verdict(before, found), &right));
    }
    out.push('\n');
    let title = format!("lines of {}", before.cache_line);
    out.push_str(&paint(&row(&title, "before", "after"), Ink::Heading));
    for Move { name, before: old, after: new } in diff(&before.layout, &after.layout) {
        let sign = match (old, new) {
            (None, _) => '+',
            (_, None) => '-',
            (old, new) if old == new => ' ',
            _ => '>',
        };
        let [left, right] = [(old, before), (new, after)].map(|(span, judged)| place(span, judged));
        out.push_str(&row(&format!("{sign} {}", cut(&name, 20)), &left, &right));
    }
    out
}

/// The sizes and the verdicts in sentences, one a line.
pub(crate) fn diff_words(before: &Judged, after: &Judged) -> String {
    let sizes = [before, after].map(|judged| count(judged.layout.size, "byte"));
    let mut out =
        format!("Size: {} before, {} after{}.\n", sizes[0], sizes[1], price(before, after));
    for (line, found) in &before.sharing {
        let other = after.sharing.iter().find(|(size, _)| size == line);
        let right = other.map_or_else(String::new, |(_, found)| verdict(after, found));
        let left = verdict(before, found);
        out.push_str(&format!("Sharing in lines of {line} bytes: {left} before, {right} after.\n"));
    }
    out
}

/// ` (+240, x16.0)`.
fn price(before: &Judged, after: &Judged) -> String {
    let (old, new) = (before.layout.size, after.layout.size);
    if old == new {
        return String::new();
    }
    let (sign, bytes) = if new > old { ('+', new - old) } else { ('-', old - new) };
    let times = if old == 0 { String::new() } else { format!(", x{:.1}", new as f64 / old as f64) };
    format!(" ({sign}{bytes}{times})")
}

fn verdict(judged: &Judged, found: &[Sharing]) -> String {
    match found.first() {
        None if judged.subjects < 2 => "not judged".to_owned(),
        None => "none found".to_owned(),
        Some(sharing) => match sharing.verdict {
            Verdict::DataRace => format!("DATA RACE, {}", count(sharing.fields.len(), "field")),
            Verdict::Certain => format!("CERTAIN, {}", count(sharing.fields.len(), "field")),
            Verdict::Likely => {
                format!("LIKELY, {:.0} % of starts", sharing.share_of_phases * 100.0)
            }
            Verdict::Maybe => format!("MAYBE, {}", count(sharing.fields.len(), "field")),
        },
    }
}

/// `8..16  line 0`, with a `!` where the field shares falsely.
fn place(span: Option<Span>, judged: &Judged) -> String {
    let Some((start, end)) = span else {
        return "-".to_owned();
    };
    let bytes = format!("{start}..{end}");
    let lines = match lines(&(start..end), 0, judged.cache_line) {
        None => "no bytes".to_owned(),
        Some(lines) if lines.start() == lines.end() => format!("line {}", lines.start()),
        Some(lines) => format!("lines {}-{}", lines.start(), lines.end()),
    };
    let at = judged.layout.fields.iter().find(|field| (field.offset, field.end()) == (start, end));
    let sign = match at.and_then(|field| judged.verdict_of(&field.name)) {
        Some(Verdict::DataRace | Verdict::Certain | Verdict::Likely) => "  !",
        Some(Verdict::Maybe) => "  ?",
        None => "",
    };
    format!("{bytes:<12} {lines}{sign}")
}
