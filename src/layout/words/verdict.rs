//! The verdicts on a layout in words.

use crate::placement::Placement;
use crate::sharing::{Clash, Pair, Sharing, Verdict, collapse, template};
use crate::words::ink::{Ink, paint};
use crate::words::width::{count, wrap};
use crate::{FieldLayout, Judged, Source, TypeLayout};

/// Pairs told one by one before the rest is only counted, and fields named.
const TOLD: usize = 4;
const NAMED: usize = 8;

/// What can be said for each size of cache line, in lines of at most `width` columns. The pairs are
/// told for the first size with any.
pub(crate) fn verdicts(judged: &Judged, width: usize) -> String {
    if judged.subjects < 2 {
        let text = "Sharing is not judged: that takes two fields with declared users, or two \
                    atomics or locks.";
        return wrap(text, width, 2) + "\n";
    }
    let mut out = String::new();
    let mut told: Vec<&Sharing> = Vec::new();
    for (_, found) in &judged.sharing {
        for sharing in found {
            let same = |other: &&&Sharing| other.fields == sharing.fields;
            paragraph(sharing, told.iter().find(same).is_some(), !told.is_empty(), width, &mut out);
        }
        told.extend(found);
    }
    let clean = judged.sharing.iter().filter(|(_, found)| found.is_empty());
    let clean: Vec<String> = clean.map(|(line, _)| line.to_string()).collect();
    if !clean.is_empty() {
        let sizes = clean.join(" and ");
        let text = format!("lines of {sizes} bytes: no false sharing found within one object");
        out.push_str(&wrap(&text, width, 2));
        out.push('\n');
    }
    for text in [starts(judged), one_writer(judged)].into_iter().flatten() {
        out.push_str(&wrap(&text, width, 2));
        out.push('\n');
    }
    out
}

/// `named`: the same fields were named for another size of line; `brief`: pairs were told for it.
fn paragraph(sharing: &Sharing, named: bool, brief: bool, width: usize, out: &mut String) {
    let head = format!("lines of {} bytes: {}", sharing.cache_line, sentence(sharing));
    out.push_str(&paint(&wrap(&head, width, 2), Ink::Alarm));
    out.push('\n');
    if brief {
        if !named {
            out.push_str(&format!("  {}\n", wrap(&fields(sharing), width - 2, 4)));
        }
        return;
    }
    let (pairs, more) = distinct(sharing);
    for pair in &pairs {
        out.push_str("  ");
        out.push_str(&wrap(&told(pair, sharing.phases), width - 2, 4));
        out.push('\n');
    }
    if more > 0 {
        let more = format!("and {}, of {}", count(more, "more pair"), fields(sharing));
        out.push_str(&format!("  {}\n", wrap(&more, width - 2, 4)));
    }
}

/// The verdict: `LIKELY - false sharing at 7 of 8 possible starts (88 %)`.
pub(crate) fn sentence(sharing: &Sharing) -> String {
    let always = sharing.pairs.iter().any(|pair| pair.starts.len() == sharing.phases);
    match sharing.verdict {
        Verdict::DataRace => "DATA RACE - bit-fields of one memory location".to_owned(),
        Verdict::Certain if always => "CERTAIN - false sharing, wherever it starts".to_owned(),
        Verdict::Certain => "CERTAIN - false sharing, at every start of some pair".to_owned(),
        Verdict::Likely => format!("LIKELY - false sharing {}", places(sharing)),
        Verdict::Maybe => "MAYBE - synchronised words meet, their writers unknown".to_owned(),
    }
}

/// The fields of `sharing`, each once.
fn fields(sharing: &Sharing) -> String {
    let fields = collapse(sharing.fields.iter().map(String::as_str), 2);
    let mut text = fields.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
    if fields.len() > NAMED {
        text.push_str(&format!(" and {} more", fields.len() - NAMED));
    }
    text
}

/// The first pairs, of those between elements of the same arrays one, and how many there are more.
pub(crate) fn distinct(sharing: &Sharing) -> (Vec<&Pair>, usize) {
    let mut known = Vec::new();
    let mut pairs = Vec::new();
    for pair in &sharing.pairs {
        let kind = pair.fields.each_ref().map(|field| template(field));
        if pairs.len() < TOLD && !known.contains(&kind) {
            known.push(kind);
            pairs.push(pair);
        }
    }
    let more = sharing.pairs.len() + sharing.more_pairs - pairs.len();
    (pairs, more)
}

/// `ptr (written by writer) + hits (written by reader): 4 of 8 starts`.
pub(crate) fn told(pair: &Pair, phases: usize) -> String {
    let [first, second] = &pair.fields;
    let starts = match (pair.starts.len(), phases) {
        (_, 1) => "always".to_owned(),
        (some, all) => format!("{some} of {all} starts"),
    };
    match &pair.clash {
        Clash::Declared { writer, other, also_writes }
        | Clash::Race { writer, other, also_writes } => {
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
    let starts = judged.starts();
    let list = match starts.as_slice() {
        [] => return None,
        [only] => only.to_string(),
        [first, second] => format!("{first} or {second}"),
        [first, second, .., last] => format!("{first}, {second} .. {last}"),
    };
    let align = judged.layout.align;
    let inferred = if judged.layout.inferred { " (inferred)" } else { "" };
    let text = match judged.placement {
        Placement::At(_) if starts == [0] => return None,
        Placement::At(address) => format!(
            "Drawn at the start of a line; it lies at address {address:#x}, byte {list} of one."
        ),
        Placement::Go => format!("Go's allocator lets it start at byte {list} of a line."),
        Placement::Glibc => format!("glibc's malloc lets it start at byte {list} of a line."),
        Placement::Aligned if starts.len() == 1 => return None,
        Placement::Aligned => format!(
            "Drawn at the start of a line; alignment {align}{inferred} lets it start at byte {list}."
        ),
    };
    (judged.layout.size > 0).then_some(text)
}

/// The path of the first array that one actor is declared to write, with its writer.
fn written_by_one(layout: &TypeLayout, path: &str) -> Option<(String, String)> {
    layout.fields.iter().find_map(|field| {
        let path =
            if path.is_empty() { field.name.clone() } else { format!("{path}.{}", field.name) };
        let array = field.repeat.is_some_and(|repeat| repeat.count > 1);
        match field.writers.as_slice() {
            [writer] if array => Some((format!("{path}[i]"), writer.clone())),
            _ => {
                let path = if array { format!("{path}[i]") } else { path };
                let inner = field.inner.as_deref()?;
                let alone = |field: &FieldLayout| match field.writers.as_slice() {
                    [writer] if array => Some((format!("{path}.{}", field.name), writer.clone())),
                    _ => None,
                };
                inner.fields.iter().find_map(alone).or_else(|| written_by_one(inner, &path))
            }
        }
    })
}

/// An array of words that one actor is declared to write: how to say that it is many.
fn one_writer(judged: &Judged) -> Option<String> {
    if judged.layout.source == Source::Memoffset || !judged.layout.elements.is_empty() {
        return None;
    }
    let (path, writer) = written_by_one(&judged.layout, "")?;
    Some(format!(
        "{writer} alone writes {path}; if each element has a thread of its own, say \
         --writer '{path}={writer} i'."
    ))
}
