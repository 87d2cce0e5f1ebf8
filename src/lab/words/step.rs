//! One step in a few characters: `length.store <- 16`, `array.load -> 1 STALE, newest 2`.

use crate::op::Kind;
use crate::report::{Old, Step};

/// What is done to what: `length.store`, `fence(Release)`, `yield_now`.
pub(crate) fn action(step: &Step) -> String {
    match (&step.ordering, step.field.is_empty()) {
        (Some(ordering), true) => format!("{}({ordering})", step.op),
        (None, true) => step.op.clone(),
        (_, false) => format!("{}.{}", step.field, step.op),
    }
}

/// The value of the word of this name, in the memory after a step.
pub(crate) fn value_of<'a>(memory: &'a [(String, String)], name: &str) -> Option<&'a String> {
    memory.iter().find(|word| word.0 == name).map(|word| &word.1)
}

/// Whether the step only writes.
pub fn only_writes(step: &Step) -> bool {
    step.wrote.is_none() && matches!(step.kind, Kind::Store | Kind::CellWrite)
}

/// The step for a cell of a table: `->` came out of the memory, `<-` went into it.
pub fn cell(step: &Step) -> String {
    let mut text = action(step);
    if let Some(value) = &step.value {
        text += &format!(" {} {value}", if only_writes(step) { "<-" } else { "->" });
    }
    if let Some(wrote) = &step.wrote {
        text += &format!(" <- {wrote}");
    }
    match &step.newest {
        Some(newest) => text += &format!(" STALE, newest {newest}"),
        None if step.stale => text += " STALE",
        None => {}
    }
    text
}

/// Of which store an old value was, and which newer ones there were, as the rest of a sentence that
/// begins with the step.
pub fn reads(old: &Old) -> String {
    let of = old.of.map_or("the start".to_string(), |step| format!("step {step}"));
    let newer: Vec<String> = old.newer.iter().map(|step| step.to_string()).collect();
    let newer = match newer.split_last() {
        None => return format!("reads the value of {of}"),
        Some((last, [])) => format!("that of step {last}"),
        Some((last, others)) => format!("those of steps {} and {last}", others.join(", ")),
    };
    format!("reads the value of {of}, not {newer}")
}

#[cfg(test)]
mod tests {
    use super::super::samples::step;
    use super::*;

    #[test]
    fn arrows_say_which_way_a_value_went() {
        assert_eq!(cell(&step("writer", "length", "store", "16")), "length.store <- 16");
        assert_eq!(cell(&step("reader", "array", "load", "1")), "array.load -> 1");
        let both = Step { wrote: Some("3".into()), ..step("a", "count", "fetch_add", "2") };
        assert_eq!(cell(&both), "count.fetch_add -> 2 <- 3");
        let failed = step("a", "count", "compare_exchange failed", "2");
        assert_eq!(cell(&failed), "count.compare_exchange failed -> 2");
    }

    #[test]
    fn an_old_value_is_of_a_step() {
        let old = |of, newer: &[usize]| reads(&Old { of, newer: newer.to_vec() });
        assert_eq!(old(None, &[2]), "reads the value of the start, not that of step 2");
        assert_eq!(old(Some(1), &[3, 5]), "reads the value of step 1, not those of steps 3 and 5");
    }

    #[test]
    fn a_stale_read_says_so() {
        let step =
            Step { stale: true, newest: Some("2".into()), ..step("reader", "array", "load", "1") };
        assert_eq!(cell(&step), "array.load -> 1 STALE, newest 2");
    }

    #[test]
    fn a_fence_shows_its_ordering() {
        assert_eq!(cell(&step("writer", "", "fence", "")), "fence(Relaxed)");
    }
}
