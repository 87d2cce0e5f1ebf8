//! The verdicts on a layout in words.

use crate::Judged;
use crate::phase::phases;
use crate::sharing::{Clash, Pair, Sharing, Verdict};
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, wrap};

/// Pairs told one by one before the rest is only counted.
const TOLD: usize = 4;

/// What can be said for each size of cache line, in lines of at most `width` columns. The pairs are
/// told for the first size with any.
pub(crate) fn verdicts(judged: &Judged, width: usize) -> String {
    if judged.subjects < 2 {
        let text = "Sharing is not judged: that takes two fields with declared users, or two \
                    atomics or locks.";
        return wrap(text, width, 2) + "\n";
    }
    let mut out = String::new();
    let mut told = false;
    for (_, found) in &judged.sharing {
        for sharing in found {
            paragraph(sharing, told, width, &mut out);
        }
        told |= !found.is_empty();
    }
    let clean = judged.sharing.iter().filter(|(_, found)| found.is_empty());
    let clean: Vec<String> = clean.map(|(line, _)| line.to_string()).collect();
    if !clean.is_empty() {
        let sizes = clean.join(" and ");
        let text = format!("lines of {sizes} bytes: no false sharing found within one object");
        out.push_str(&wrap(&text, width, 2));
        out.push('\n');
    }
    if let Some(starts) = starts(judged) {
        out.push_str(&wrap(&starts, width, 2));
        out.push('\n');
    }
    out
}

fn paragraph(sharing: &Sharing, told_before: bool, width: usize, out: &mut String) {
    let always = sharing.pairs.iter().any(|pair| pair.starts.len() == sharing.phases);
    let what = match sharing.verdict {
        Verdict::Certain if always => "CERTAIN - false sharing, wherever it starts".to_owned(),
        Verdict::Certain => "CERTAIN - false sharing, at every start of some pair".to_owned(),
        Verdict::Likely => format!("LIKELY - false sharing {}", places(sharing)),
        Verdict::Maybe => "MAYBE - synchronised words meet, their writers unknown".to_owned(),
    };
    let head = format!("lines of {} bytes: {what}", sharing.cache_line);
    out.push_str(&paint(&wrap(&head, width, 2), Ink::Alarm));
    out.push('\n');
    if told_before {
        return;
    }
    for pair in sharing.pairs.iter().take(TOLD) {
        out.push_str("  ");
        out.push_str(&wrap(&told(pair, sharing.phases), width - 2, 4));
        out.push('\n');
    }
    if sharing.pairs.len() > TOLD {
        let more = count(sharing.pairs.len() - TOLD, "more pair");
        out.push_str(&format!("  and {more}\n"));
    }
}

/// `ptr (written by writer) + hits (written by reader): 4 of 8 starts`.
fn told(pair: &Pair, phases: usize) -> String {
    let [first, second] = &pair.fields;
    let starts = match (pair.starts.len(), phases) {
        (_, 1) => "always".to_owned(),
        (some, all) => format!("{some} of {all} starts"),
    };
    match &pair.clash {
        Clash::Declared { writer, other, also_writes } => {
            let does = if *also_writes { "written" } else { "read" };
            format!("{first} (written by {writer}) + {second} ({does} by {other}): {starts}")
        }
        Clash::Unknown => format!("{first} + {second}: {starts}"),
    }
}

fn places(sharing: &Sharing) -> String {
    let share = sharing.share_of_phases;
    let some = (share * sharing.phases as f64).round() as usize;
    format!("at {some} of {} possible starts ({:.0} %)", sharing.phases, share * 100.0)
}

/// Where the object may start, if that is not only the start of a line.
fn starts(judged: &Judged) -> Option<String> {
    let list = match phases(judged.layout.align, judged.cache_line).as_slice() {
        [] | [_] => return None,
        [first, second] => format!("{first} or {second}"),
        [first, second, .., last] => format!("{first}, {second} .. {last}"),
    };
    let align = judged.layout.align;
    let text =
        format!("Drawn at the start of a line; alignment {align} lets it start at byte {list}.");
    (judged.layout.size > 0).then_some(text)
}
