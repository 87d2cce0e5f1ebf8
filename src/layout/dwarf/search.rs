//! Finds the types of a binary by name.

use std::path::Path;

use crate::TypeLayout;
use crate::dwarf::Refusal;
use crate::dwarf::btf::Btf;
use crate::dwarf::contents::Contents;
use crate::dwarf::copies::join;
use crate::dwarf::files::parts;
use crate::dwarf::found::Found;
use crate::dwarf::place::Debug;
use crate::dwarf::scan::{Scan, ends};
use crate::dwarf::sections::REMEDY;
use crate::dwarf::variable;
use crate::find::find;
use crate::names::base;
use crate::nearest::{is_near, nearest};

/// The types of the binary at `path` that fit `pattern` best (see [`find`]); without one, all.
pub fn read(path: &Path, pattern: Option<&str>) -> Result<Found, Refusal> {
    of_bytes(&Contents::of(path)?, Some(path), pattern)
}

/// The types of the binary at `path` that fit `pattern` best (see [`find`]), by name.
pub fn search(path: &Path, pattern: &str) -> Result<Vec<TypeLayout>, Refusal> {
    Ok(read(path, Some(pattern))?.types)
}

/// Every type of the binary at `path`, by name.
pub fn list(path: &Path) -> Result<Vec<TypeLayout>, Refusal> {
    Ok(read(path, None)?.types)
}

/// [`read`] in the bytes of a binary. Memory: the unpacked debug information of what is compressed,
/// and at most some hundred times its bytes for what it describes.
pub fn read_in(file: &[u8], pattern: Option<&str>) -> Result<Found, Refusal> {
    of_bytes(file, None, pattern)
}

fn of_bytes(file: &[u8], path: Option<&Path>, pattern: Option<&str>) -> Result<Found, Refusal> {
    let pattern = pattern.map(without_keyword);
    let parts = match (parts(file, path), Btf::find(file)) {
        // A kernel without debug information of the usual kind describes itself.
        (Err(_), Some(btf)) => return btf.read(path, pattern),
        (parts, _) => parts?,
    };
    let debug = Debug::new(&parts);
    let Some(pattern) = pattern else {
        let scan = Scan::new(&debug, None);
        let missing = scan.split.len().saturating_sub(debug.split_units());
        let all = scan.called(&debug, true, |_| true);
        if all.is_empty() {
            return Err(unknown("", &debug, &scan));
        }
        let foreign = scan.foreign.iter().cloned().collect();
        let found = join(&debug, &scan, scan.hits(&debug, all))?;
        return Ok(Found { split_units: missing, foreign, ..found });
    };
    // Most types are passed over by a look at their last word, unless that finds nothing.
    let word = (!pattern.contains(['*', '?'])).then(|| last_word(pattern));
    let mut scan = Scan::new(&debug, word);
    let missing = scan.split.len().saturating_sub(debug.split_units());
    let mut names = scan
        .called(&debug, word.is_none(), |own| word.is_none_or(|word| ends(own, word.as_bytes())));
    let mut chosen = find(pattern, names.iter().map(|(name, _)| name.as_str()));
    if let (true, Some(word)) = (chosen.is_empty(), word) {
        if let Some(found) = variable::find(&debug, &scan, pattern)? {
            return Ok(found);
        }
        let in_other_letters = in_any_letters(word);
        names = scan.called(&debug, true, &in_other_letters);
        chosen = find(pattern, names.iter().map(|(name, _)| name.as_str()));
        if !chosen.is_empty() {
            // The copies of these were passed by.
            scan = Scan::new(&debug, None);
            names = scan.called(&debug, true, &in_other_letters);
            chosen = find(pattern, names.iter().map(|(name, _)| name.as_str()));
        }
    }
    if chosen.is_empty() {
        return Err(unknown(pattern, &debug, &scan));
    }
    let chosen = chosen.into_iter().map(|at| names[at].clone()).collect();
    Ok(Found { split_units: missing, ..join(&debug, &scan, scan.hits(&debug, chosen))? })
}

fn without_keyword(pattern: &str) -> &str {
    ["struct ", "class ", "union ", "enum "]
        .iter()
        .fold(pattern.trim(), |pattern, keyword| pattern.strip_prefix(keyword).unwrap_or(pattern))
}

/// What the name of every type that fits `pattern` ends with, before its parameters.
fn last_word(pattern: &str) -> &str {
    let head = base(pattern.trim());
    head.rsplit(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or(head)
}

/// Tells of a name, up to its parameters, whether it ends with this word in small or capital letters.
fn in_any_letters(word: &str) -> impl Fn(&[u8]) -> bool {
    let lower = |bytes: &[u8]| String::from_utf8_lossy(bytes).to_lowercase().into_bytes();
    let word = lower(word.as_bytes());
    move |own| ends(&lower(own), &word)
}

/// Says that there is no such type, what there is instead, and why there might be none.
fn unknown<'a>(pattern: &str, debug: &Debug<'a>, scan: &Scan<'a>) -> Refusal {
    if !scan.lists_any() {
        if let Some(skeleton) = scan.split.first() {
            return Refusal::missing(format!(
                "the types are in split debug files that are not there ({} in {}): build again, or \
                 with -gno-split-dwarf (Rust: `split-debuginfo = \"off\"`)",
                skeleton.file, skeleton.folder
            ));
        }
        return match scan.damage.or(debug.unreadable) {
            Some(error) => Refusal::damaged(error),
            None => Refusal::missing(format!(
                "the debug information describes no types, only line numbers: compile with more. \
                 {REMEDY}"
            )),
        };
    }
    // Only what looks like it is told in full: to tell all takes longer than to find them.
    let last = last_word(pattern);
    let near = |own: &[u8]| is_near(last, &String::from_utf8_lossy(own));
    let names = scan.called(debug, true, near);
    let mut message = format!("no type or variable in the binary is called {pattern:?}");
    match nearest(pattern, names.iter().map(|(name, _)| name.as_str())).as_slice() {
        [] => message.push_str("; without a name, all types are listed"),
        near => message.push_str(&format!("; did you mean {}?", near.join(", "))),
    }
    if let Some(error) = scan.damage.or(debug.unreadable) {
        message.push_str(&format!(" (part of the debug information is damaged: {error})"));
    } else if scan.split.len() > debug.split_units() {
        message.push_str(" (some types are in split debug files that are not there)");
    }
    Refusal::usage(message)
}
