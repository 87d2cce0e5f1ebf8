//! An interleaving told one event a line, in words: for screen readers and narrow terminals.

use super::step::value_of;
use super::{Page, step as words};
use crate::report::{Failure, Step};

/// One sentence a step.
pub fn steps(failure: &Failure, page: &Page) -> String {
    let each = (0..failure.steps.len()).map(|at| step(failure, at, page));
    before(failure, page) + &each.collect::<String>()
}

/// The memory before the first step; nothing where no word is known.
pub fn before(failure: &Failure, page: &Page) -> String {
    if failure.initial.is_empty() {
        return String::new();
    }
    page.paragraph("  ", "    ", &format!("Before: {}.", list(&failure.initial)))
}

/// The step of this number, from 0.
///
/// # Panics
/// When there is none.
pub fn step(failure: &Failure, at: usize, page: &Page) -> String {
    let step = &failure.steps[at];
    let before = at.checked_sub(1).map_or(&failure.initial, |last| &failure.steps[last].memory);
    let mut sentence = format!("Step {}: {} {}", at + 1, step.thread, event(step));
    sentence += &format!(" ({} line {}).", step.file, step.line);
    let changed: Vec<(String, String)> = step
        .memory
        .iter()
        .filter(|(name, value)| value_of(before, name) != Some(value))
        .cloned()
        .collect();
    if !changed.is_empty() {
        sentence += &format!(" Now {}.", list(&changed));
    }
    page.paragraph("  ", "    ", &sentence)
}

/// What the step did, as the rest of a sentence that begins with the thread's name.
fn event(step: &Step) -> String {
    let action = words::action(step);
    let mut text = match (&step.value, &step.wrote) {
        (Some(value), _) if words::only_writes(step) => format!("does {action}, writes {value}"),
        (Some(value), Some(wrote)) => format!("does {action}, reads {value}, writes {wrote}"),
        (Some(value), None) => format!("does {action}, reads {value}"),
        (None, _) => format!("does {action}"),
    };
    match &step.newest {
        Some(newest) => text += &format!(", STALE: the newest is {newest}"),
        None if step.stale => text += ", STALE",
        None => {}
    }
    if let Some(old) = &step.old {
        text += &format!("; it {}", words::reads(old));
    }
    text
}

fn list(memory: &[(String, String)]) -> String {
    let words = memory.iter().map(|(name, value)| format!("{name} is {value}"));
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::samples::step;
    use super::*;

    #[test]
    fn an_event_is_a_sentence() {
        assert_eq!(event(&step("w", "length", "store", "16")), "does length.store, writes 16");
        let stale = Step {
            stale: true,
            newest: Some("2".to_string()),
            ..step("reader", "array", "load", "1")
        };
        assert_eq!(event(&stale), "does array.load, reads 1, STALE: the newest is 2");
        assert_eq!(event(&step("writer", "shard", "lock", "")), "does shard.lock");
    }
}
