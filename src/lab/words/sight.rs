//! In words: what the checkers do not see, where it stands, and what to write instead.

use super::Page;
use crate::report::{Instead, Unseen, What};

/// The verdict on a scenario that the checkers do not see all of, without a full stop.
pub fn line(found: &[Unseen]) -> String {
    let Some(first) = found.first() else { return String::new() };
    let place = place(first).map(|place| format!(" ({place})")).unwrap_or_default();
    let more = match found.len() - 1 {
        0 => String::new(),
        more => format!(", nor {more} more"),
    };
    format!("INCONCLUSIVE: the checkers do not see {}{place}{more}", first.what.name())
}

/// Everything that is not seen, a paragraph each.
pub fn list(found: &[Unseen], page: &Page) -> String {
    found.iter().map(|unseen| page.paragraph("  ", "    ", &format!("{}.", said(unseen)))).collect()
}

/// One finding, without a full stop: `counter.rs:3  use std::sync::Mutex;  - std::sync::Mutex is not
/// seen by the checkers: use rt::sync::Mutex`.
pub fn said(unseen: &Unseen) -> String {
    let what = what(&unseen.what);
    match (place(unseen), unseen.source.as_str()) {
        (Some(place), source) if shown(source) => format!("{place}  {source}  - {what}"),
        (Some(place), _) => format!("{place}  {what}"),
        (None, source) if shown(source) => format!("{source}  - {what}"),
        (None, _) => what,
    }
}

/// A long line says less than its number.
fn shown(source: &str) -> bool {
    (1..=60).contains(&source.chars().count())
}

fn place(unseen: &Unseen) -> Option<String> {
    (unseen.line > 0).then(|| format!("{}:{}", unseen.file, unseen.line))
}

fn what(what: &What) -> String {
    match what {
        What::Path { path, instead } => {
            format!("{path} is not seen by the checkers: {}", advice(path, instead))
        }
        What::Field { field, path, instead } => format!(
            "the field {field} holds {path}, which is not seen by the checkers: {}",
            advice(path, instead)
        ),
        What::StaticMut => {
            "a static mut is not seen by the checkers, and keeps its value from one \
                            execution to the next: put it into the memory of the race, as an \
                            rt::cell::UnsafeCell or an atomic of rt::sync::atomic"
                .to_string()
        }
        What::ThreadLocal => {
            "std's thread_local! is not seen by the checkers: they run all threads \
                              of an execution on one, which would share it, and it outlives the \
                              execution: use rt::thread_local!"
                .to_string()
        }
        What::Assembly => {
            "inline assembly is not seen by the checkers: use what rt has".to_string()
        }
        What::File(name) if name.ends_with('!') => {
            format!("what {name} brings in is read by nobody: write it into this file")
        }
        What::File(name) => format!(
            "the file of `mod {name}` is read by nobody: write it into this file, as \
             `mod {name} {{ .. }}`"
        ),
        What::Silent(actor) => format!(
            "{actor} announces no operation, so the checkers see nothing of what it does, and no \
             execution of it proves anything. What threads share is seen where it is made of \
             rt::sync, rt::cell and rt::thread"
        ),
        What::Placed(name) => format!(
            "{name} lets code run that nobody calls, before the checkers begin: an answer has no \
             use for it"
        ),
        What::Tells(name) => format!(
            "{name} says something else under each checker, and an answer must do the same under \
             all of them: leave it out"
        ),
        What::Foreign => {
            "what functions of another language do is not seen by the checkers: use what rt::sync, \
             rt::cell and rt::thread have"
                .to_string()
        }
        What::Shared(name) => format!(
            "{name} holds a raw pointer and is shared by force: what lies behind it is not seen by \
             the checkers. Use rt::sync::atomic::AtomicPtr, or rt::cell::UnsafeCell"
        ),
        What::Pointer(name) => format!(
            "{name}: what is written through a pointer that was made of a shared reference is not \
             seen by the checkers: use rt::cell::UnsafeCell or an atomic of rt::sync::atomic"
        ),
        What::Cast(name) => format!(
            "{name}: next to unsafe, a type that is inferred, or has another name, may be that of a \
             pointer by which others' memory is changed: write the type itself"
        ),
        What::Assembled(name) => format!(
            "what a macro makes of {name} is read by nobody: write the whole path where it is used"
        ),
        What::Written(how) => format!(
            "{how}: what is changed behind a pointer that other threads have is not seen by the \
             checkers: put it into rt::cell::UnsafeCell or an atomic of rt::sync::atomic, or \
             publish a new one"
        ),
        What::Address => {
            "a number that is an address: what lies behind it is not seen by the checkers. Use \
             rt::sync::atomic::AtomicPtr, whose order they know"
                .to_string()
        }
    }
}

fn advice(path: &str, instead: &Instead) -> String {
    match instead {
        Instead::Facade(path) => format!("use {path}"),
        Instead::Alike(path) => format!("rt has none; use {path}"),
        Instead::Nothing if path.starts_with("std::time") => {
            "no clock is modelled: leave it out".to_string()
        }
        Instead::Nothing => {
            "rt has none; use what rt::sync, rt::cell and rt::thread have".to_string()
        }
    }
}
