//! The list of types that can be looked at.

use crate::Judged;
use crate::dwarf::Found;
use crate::sharing::Verdict;
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, cut, wrap};

/// One line a type: its name, size, alignment, and its verdict for the cache line it is drawn in;
/// lines of at most `width` columns; with a width of 0, names are never cut.
pub fn list(types: &[Judged], width: usize) -> String {
    let longest =
        types.iter().map(|judged| racelab::words::width(&judged.layout.name)).max().unwrap_or(0);
    let name = longest.max(4).min(width.saturating_sub(40).max(12));
    // Into a pipe names are whole: what is cut cannot be searched.
    let name = if width == 0 { longest.max(4) } else { name };
    let mut out =
        paint(&format!("{:<name$} {:>7} {:>6}  sharing", "type", "size", "align"), Ink::Heading);
    out.push('\n');
    for judged in types {
        let layout = &judged.layout;
        let shown = cut(&layout.name, name);
        out.push_str(&format!("{shown:<name$} {:>7} {:>6}  ", layout.size, layout.align));
        let (word, ink) = word(judged);
        out.push_str(&paint(&word, ink));
        out.push('\n');
    }
    out
}

/// What is missing among the types that were found in a binary, in lines of at most `width` columns.
pub fn left_out(found: &Found, width: usize) -> String {
    let mut out = String::new();
    let width = if width == 0 { usize::MAX } else { width };
    if let Some((name, why)) = found.left_out.first() {
        let types = count(found.left_out.len(), "type");
        let text = format!("{types} left out, {name} for one: {why}.");
        out.push_str(&(wrap(&text, width, 2) + "\n"));
    }
    if found.split_units > 0 {
        let units = count(found.split_units, "unit");
        let text = format!("The types of {units} are missing: their split files are not there.");
        out.push_str(&(wrap(&text, width, 2) + "\n"));
    }
    out
}

/// The verdict of [`list`], where false sharing was found.
pub fn found(judged: &Judged) -> Option<String> {
    judged.drawn().first().map(|_| word(judged).0)
}

fn word(judged: &Judged) -> (String, Ink) {
    match judged.drawn().first() {
        None if judged.subjects < 2 => ("-".to_owned(), Ink::Quiet),
        None => ("none found".to_owned(), Ink::Quiet),
        Some(sharing) => match sharing.verdict {
            Verdict::DataRace => ("DATA RACE".to_owned(), Ink::Alarm),
            Verdict::Certain => ("CERTAIN".to_owned(), Ink::Alarm),
            Verdict::Likely => {
                let share = sharing.share_of_phases * 100.0;
                (format!("LIKELY {share:.0} % of starts"), Ink::Alarm)
            }
            Verdict::Maybe => ("MAYBE".to_owned(), Ink::Unknown),
        },
    }
}
