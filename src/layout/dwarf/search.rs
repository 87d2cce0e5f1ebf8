//! Finds the types of a binary by name.

use std::path::Path;

use crate::TypeLayout;
use crate::dwarf::Refusal;
use crate::dwarf::contents::Contents;
use crate::dwarf::copies::join;
use crate::dwarf::place::Debug;
use crate::dwarf::scan::{Hit, Scan};
use crate::dwarf::sections::{REMEDY, Sections};
use crate::find::find;
use crate::names::base;
use crate::nearest::nearest;

/// The types of the binary at `path` that fit `pattern` best (see [`find`]), by name.
pub fn search(path: &Path, pattern: &str) -> Result<Vec<TypeLayout>, Refusal> {
    search_in(&Contents::of(path)?, pattern)
}

/// Every type of the binary at `path`, by name.
pub fn list(path: &Path) -> Result<Vec<TypeLayout>, Refusal> {
    let file = Contents::of(path)?;
    let sections = Sections::find(&file)?;
    let debug = Debug::new(&sections);
    let scan = Scan::new(&debug, None);
    if scan.hits.is_empty() {
        return Err(unknown("", &debug, &scan));
    }
    join(&debug, &scan.hits.iter().collect::<Vec<_>>())
}

/// [`search`] in the bytes of a binary.
pub fn search_in(file: &[u8], pattern: &str) -> Result<Vec<TypeLayout>, Refusal> {
    let sections = Sections::find(file)?;
    let debug = Debug::new(&sections);
    let pattern = ["struct ", "class ", "union ", "enum "]
        .iter()
        .fold(pattern.trim(), |pattern, keyword| pattern.strip_prefix(keyword).unwrap_or(pattern));
    // Most types are passed over by a look at their last word, unless that finds nothing.
    let word = (!pattern.contains(['*', '?'])).then(|| last_word(pattern));
    let mut scan = Scan::new(&debug, word);
    let mut chosen = find(pattern, scan.hits.iter().map(|(_, name)| name.as_str()));
    if chosen.is_empty() && word.is_some() {
        scan = Scan::new(&debug, None);
        chosen = find(pattern, scan.hits.iter().map(|(_, name)| name.as_str()));
    }
    if chosen.is_empty() {
        return Err(unknown(pattern, &debug, &scan));
    }
    let hits: Vec<&Hit> = chosen.into_iter().map(|at| &scan.hits[at]).collect();
    join(&debug, &hits)
}

/// What the name of every type that fits `pattern` ends with, before its parameters.
fn last_word(pattern: &str) -> &str {
    let head = base(pattern.trim());
    head.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or(head)
}

/// Says that there is no such type, what there is instead, and why there might be none.
fn unknown(pattern: &str, debug: &Debug<'_>, scan: &Scan) -> Refusal {
    if scan.hits.is_empty() {
        if scan.split {
            return Refusal::missing(
                "the types are in split debug files (.dwo or .dwp), which are not read: build \
                 with -gno-split-dwarf (Rust: `split-debuginfo = \"off\"`)",
            );
        }
        return match scan.damage.or(debug.unreadable) {
            Some(error) => Refusal::damaged(error),
            None => Refusal::missing(format!(
                "the debug information describes no types, only line numbers: compile with more. \
                 {REMEDY}"
            )),
        };
    }
    let names = scan.hits.iter().map(|(_, name)| name.as_str());
    let mut message = format!("no type in the binary is called {pattern:?}");
    match nearest(pattern, names).as_slice() {
        [] => message.push_str("; without a name, all are listed"),
        near => message.push_str(&format!("; did you mean {}?", near.join(", "))),
    }
    if let Some(error) = scan.damage.or(debug.unreadable) {
        message.push_str(&format!(" (part of the debug information is damaged: {error})"));
    } else if scan.split {
        message.push_str(" (some types are in split debug files, which are not read)");
    }
    Refusal::usage(message)
}
