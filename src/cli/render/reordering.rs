//! Which machines can show a failure that takes stale reads.

use super::run::Run;
use racelab::report::{Failure, Step, Verdict};
use racelab::rt::op::Kind;
use racelab::words::Page;

/// Said where every interleaving passes and stale reads make a version fail; nothing otherwise.
pub(super) fn text(runs: &[Run], indent: &str, page: &Page) -> Option<String> {
    let mut orders = runs.iter().filter(|run| run.interleavings() && run.found.is_ok()).peekable();
    let passes = |run: &Run| run.report().is_some_and(|r| r.verdict() == Verdict::Passed);
    let all_pass = orders.peek().is_some() && orders.all(passes);
    let weak = runs.iter().find(|run| run.engine.reorders())?;
    let failure = weak.failure().filter(|failure| all_pass && failure.stale > 0)?;
    let says = if passed_the_caches(failure) {
        "No interleaving fails: this needs reordering. x86 has this kind: a store past the caches \
         may arrive after stores that come after it."
    } else if waits_in_a_store_buffer(failure) {
        "No interleaving fails: this needs reordering. x86 has this kind: a store waits in its \
         processor while later loads of the same thread go ahead."
    } else {
        "No interleaving fails: this needs reordering, and x86 hides it."
    };
    Some(page.paragraph(indent, indent, says))
}

/// Whether a newer value that a stale read has missed was stored past the caches.
fn passed_the_caches(failure: &Failure) -> bool {
    let steps = &failure.steps;
    let missed = |(at, step): (usize, &Step)| {
        let newest = last_write(&steps[..at], &step.field);
        step.stale && newest.is_some_and(|newest| steps[newest].op == "stream")
    };
    steps.iter().enumerate().any(missed)
}

/// Whether each newer value that a stale read has missed may still wait in the store buffer of
/// the processor that wrote it. x86 empties that buffer in order, so the reader cannot have seen
/// anything that the writer wrote later; and a read-modify-write or a fence empties it at once.
fn waits_in_a_store_buffer(failure: &Failure) -> bool {
    let steps = &failure.steps;
    // A stale read of the judge's is about the order of stores, which a buffer keeps.
    if failure.stale > steps.iter().filter(|step| step.stale).count() {
        return false;
    }
    let missed = |(at, step): (usize, &Step)| {
        if !step.stale {
            return true;
        }
        let Some(newest) = last_write(&steps[..at], &step.field) else { return false };
        let writer = &steps[newest].thread;
        steps.iter().enumerate().take(at).skip(newest).all(|(later, other)| {
            let seen = |written: usize| written > newest && steps[written].thread == *writer;
            let read = other.value.is_some() && !writes(other) && !other.stale;
            let emptied = other.thread == *writer && empties(other);
            let saw_more = other.thread == step.thread
                && read
                && last_write(&steps[..later], &other.field).is_some_and(seen);
            !saw_more && !emptied
        })
    };
    steps.iter().enumerate().all(missed)
}

fn writes(step: &Step) -> bool {
    step.wrote.is_some() || matches!(step.kind, Kind::Store | Kind::CellWrite)
}

fn last_write(steps: &[Step], field: &str) -> Option<usize> {
    steps.iter().rposition(|step| step.field == field && writes(step))
}

/// Whether an x86 processor empties its store buffer for this.
fn empties(step: &Step) -> bool {
    let sequential = step.ordering.as_deref() == Some("SeqCst") && step.kind != Kind::Load;
    let plain = matches!(
        step.kind,
        Kind::Load
            | Kind::Store
            | Kind::Fence
            | Kind::CellRead
            | Kind::CellWrite
            | Kind::Unlock
            | Kind::ReadUnlock
            | Kind::Yield
    );
    sequential || step.wrote.is_some() || !plain
}

#[cfg(test)]
mod tests {
    use super::*;
    use racelab::report::Kind as Failed;
    use racelab::words::samples::{failure, step};

    fn stale(thread: &str, field: &str) -> Step {
        Step { stale: true, ..step(thread, field, "load", "0") }
    }

    #[test]
    fn a_flag_before_its_data_is_hidden_by_x86() {
        let steps = vec![
            step("writer", "data", "store", "1"),
            step("writer", "flag", "store", "1"),
            step("reader", "flag", "load", "1"),
            stale("reader", "data"),
        ];
        assert!(!waits_in_a_store_buffer(&failure(Failed::Forbidden, "why", steps)));
    }

    #[test]
    fn data_past_the_caches_is_not() {
        let steps = vec![
            step("writer", "data", "stream", "1"),
            step("writer", "flag", "store", "1"),
            step("reader", "flag", "load", "1"),
            stale("reader", "data"),
        ];
        assert!(passed_the_caches(&failure(Failed::Forbidden, "why", steps)));
    }

    #[test]
    fn two_stores_then_two_loads_are_not() {
        let mut steps = vec![
            step("left", "x", "store", "1"),
            stale("left", "y"),
            step("right", "y", "store", "1"),
            stale("right", "x"),
        ];
        // Nobody had stored to y yet.
        steps[1].stale = false;
        assert!(waits_in_a_store_buffer(&failure(Failed::Forbidden, "why", steps.clone())));
        steps[0].ordering = Some("SeqCst".to_string());
        assert!(!waits_in_a_store_buffer(&failure(Failed::Forbidden, "why", steps)));
    }
}
