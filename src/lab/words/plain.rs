//! An interleaving told one event a line, in words: for screen readers and narrow terminals.

use super::step::value_of;
use super::{Page, step};
use crate::report::{Failure, Step};

/// One sentence a step.
pub fn steps(failure: &Failure, page: &Page) -> String {
    let mut text = String::new();
    if !failure.initial.is_empty() {
        text += &page.paragraph("  ", "    ", &format!("Before: {}.", list(&failure.initial)));
    }
    let mut before = &failure.initial;
    for (number, step) in failure.steps.iter().enumerate() {
        let mut sentence = format!("Step {}: {} {}", number + 1, step.thread, event(step));
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
        before = &step.memory;
        text += &page.paragraph("  ", "    ", &sentence);
    }
    text
}

/// What the step did, as the rest of a sentence that begins with the thread's name.
fn event(step: &Step) -> String {
    let action = step::action(step);
    let mut text = match (&step.value, &step.wrote) {
        (Some(value), _) if step::only_writes(step) => format!("does {action}, writes {value}"),
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
        text += &format!("; it {}", step::reads(old));
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
