//! An audit as a table, and what has become worse or changed, in lines.

use crate::audit::Row;
use crate::audit::baseline::Worse;
use crate::audit::builds::Change;
use crate::sharing::Verdict;
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, cut, wrap};

/// Columns of the numbers before a name.
const NUMBERS: usize = 54;

/// One line a type: numbers, verdict, name and place, in lines of at most `width` columns; with a
/// width of 0 nothing is cut.
pub fn audit_text(rows: &[Row], width: usize) -> String {
    let title = format!(
        "{:>8} {:>6} {:>5} {:>7} {:>5}  {:<18} type, place in the source",
        "size", "align", "holes", "waste", "lines", "sharing"
    );
    let mut out = paint(&title, Ink::Heading) + "\n";
    for row in rows {
        let inferred = if row.align.1 { "?" } else { "" };
        let align = format!("{}{inferred}", row.align.0);
        let (verdict, ink) = verdict(row);
        let place =
            row.place.as_ref().map_or(String::new(), |(file, line)| format!("  {file}:{line}"));
        let text = format!("{}{place}", row.name);
        let text =
            if width == 0 { text } else { cut(&text, width.saturating_sub(NUMBERS).max(20)) };
        out.push_str(&format!(
            "{:>8} {align:>6} {:>5} {:>7} {:>5}  {} {text}\n",
            row.size,
            row.holes,
            row.waste,
            row.lines,
            paint(&format!("{verdict:<18}"), ink),
        ));
    }
    let waste: usize = rows.iter().map(|row| row.waste).sum();
    let found =
        |least| rows.iter().filter(|row| row.verdict.is_some_and(|(v, _)| v >= least)).count();
    let summary = format!(
        "{}, {} that hold nothing, {} with false sharing or a data race, {} where synchronised \
         words meet. A ? marks an alignment that is inferred.",
        count(rows.len(), "type"),
        count(waste, "byte"),
        found(Verdict::Likely),
        found(Verdict::Maybe) - found(Verdict::Likely)
    );
    let width = if width == 0 { usize::MAX } else { width };
    out + &wrap(&summary, width, 2) + "\n"
}

fn verdict(row: &Row) -> (String, Ink) {
    match row.verdict {
        None => ("-".to_owned(), Ink::Quiet),
        Some((Verdict::DataRace, _)) => ("DATA RACE".to_owned(), Ink::Alarm),
        Some((Verdict::Certain, _)) => ("CERTAIN".to_owned(), Ink::Alarm),
        Some((Verdict::Likely, share)) => (format!("LIKELY {:.0} %", share * 100.0), Ink::Alarm),
        Some((Verdict::Maybe, share)) => (format!("MAYBE {:.0} %", share * 100.0), Ink::Unknown),
    }
}

/// What is worse than the baseline, in lines of at most `width` columns.
pub fn worse_text(worse: &[Worse], rows: usize, width: usize) -> String {
    let mut out = String::new();
    for Worse { row, why } in worse {
        let place =
            row.place.as_ref().map_or(String::new(), |(file, line)| format!(" ({file}:{line})"));
        let text = format!("{}{place}: {}", row.name, why.join("; "));
        out.push_str(&(wrap(&text, width, 2) + "\n"));
    }
    let text = match worse.len() {
        0 => format!("{}: none is worse than in the baseline.", count(rows, "type")),
        some => format!("{some} of {} worse than in the baseline.", count(rows, "type")),
    };
    out + &paint(&text, if worse.is_empty() { Ink::Heading } else { Ink::Alarm }) + "\n"
}

/// What differs between two builds, in lines of at most `width` columns.
pub fn changes_text(changes: &[Change], width: usize) -> String {
    let mut out = String::new();
    let mut counts = [0usize; 3];
    for change in changes {
        let (what, ink) = match change.sizes {
            [Some(old), Some(new)] => {
                counts[0] += 1;
                let size = match old == new {
                    true => format!("{new} bytes"),
                    false => format!("{old} -> {new} bytes ({:+})", new as i64 - old as i64),
                };
                (size, if new > old { Ink::Alarm } else { Ink::Quiet })
            }
            [None, Some(new)] => {
                counts[1] += 1;
                (format!("new, {new} bytes"), Ink::Quiet)
            }
            [old, None] => {
                counts[2] += 1;
                (format!("gone, {} bytes", old.unwrap_or(0)), Ink::Hole)
            }
        };
        let word = |verdict: Option<Verdict>| match verdict {
            None => "nothing found",
            Some(Verdict::DataRace) => "DATA RACE",
            Some(Verdict::Certain) => "CERTAIN",
            Some(Verdict::Likely) => "LIKELY",
            Some(Verdict::Maybe) => "MAYBE",
        };
        let [old, new] = change.verdicts;
        let verdict = if old == new {
            String::new()
        } else {
            format!("; sharing {} -> {}", word(old), word(new))
        };
        let moves: Vec<String> = change
            .moves
            .iter()
            .map(|moved| match (moved.before, moved.after) {
                (None, Some((from, to))) => format!("+{} {from}..{to}", moved.name),
                (Some(_), None) => format!("-{}", moved.name),
                (Some((from, _)), Some((to, end))) => {
                    format!("{} {from} -> {to}..{end}", moved.name)
                }
                (None, None) => String::new(),
            })
            .collect();
        let moves =
            if moves.is_empty() { String::new() } else { format!("; {}", moves.join(", ")) };
        out.push_str(&paint(
            &wrap(&format!("{}: {what}{verdict}{moves}", change.name), width, 2),
            ink,
        ));
        out.push('\n');
    }
    let [differ, new, gone] = counts;
    let type_ = |number| count(number, "type");
    let differ = format!("{} differ{}", type_(differ), if differ == 1 { "s" } else { "" });
    out + &format!("{differ}, {} new, {} gone.\n", type_(new), type_(gone))
}
