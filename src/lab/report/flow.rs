//! What goes from one thread to another in an execution: values that are read, and locks.

use super::{Access, Does, Failure, Step, Why};
use crate::op::{Kind, Lock, Memory};

/// A step that reads what a step of another thread wrote, or takes the lock that it gave back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The number of the step that writes, from 0.
    pub from: usize,
    /// The number of the step that reads, from 0.
    pub to: usize,
    /// Whether all that came before the one happens before all that comes after the other. A value
    /// that is read orders nothing by itself: C++20, 6.9.2.2, with release sequences and fences.
    pub orders: bool,
}

/// What goes from thread to thread in an execution, in the order of the steps that receive it: of a
/// read, what it read; of a lock, who had it last. A stale read of which the engine does not tell
/// what it read is left out.
pub fn flows(failure: &Failure) -> Vec<Flow> {
    let steps = &failure.steps;
    let flow = |(to, step): (usize, &Step)| {
        let (from, orders) = match step.kind.lock() {
            Lock::Takes => (gives(steps, to)?, true),
            _ => {
                let from = read_from(steps, to)?;
                (from, heads(steps, from).any(|head| synchronizes(steps, head, to)))
            }
        };
        (steps[from].thread != step.thread).then_some(Flow { from, to, orders })
    };
    steps.iter().enumerate().filter_map(flow).collect()
}

/// The two steps that nothing orders, if the failure is that: the numbers from 0, the first access
/// first; `None` where they are not among the steps.
pub fn unordered(failure: &Failure) -> Option<(usize, usize)> {
    let Why::Conflict(conflict) = &failure.why else { return None };
    let second = last(failure, &conflict.second, failure.steps.len())?;
    Some((last(failure, &conflict.first, second)?, second))
}

/// The write and the read that would order the two accesses of a data race, if they were stronger.
pub fn missing(failure: &Failure) -> Option<(usize, usize)> {
    let Why::Conflict(conflict) = &failure.why else { return None };
    let edge = conflict.missing.as_ref()?;
    let find = |end: &super::EdgeEnd, before: usize| {
        failure.steps[..before].iter().rposition(|step| {
            (&step.thread, &step.file, step.line) == (&end.actor, &end.file, end.line)
                && step.field == edge.object
        })
    };
    let read = find(&edge.read, failure.steps.len())?;
    Some((find(&edge.write, read)?, read))
}

/// The last step before this one that is this access.
fn last(failure: &Failure, access: &Access, before: usize) -> Option<usize> {
    let writes = matches!(access.does, Does::Writes | Does::Streams | Does::Publishes);
    failure.steps[..before].iter().rposition(|step| {
        (&step.thread, &step.file, step.line) == (&access.actor, &access.file, access.line)
            && (!writes || written(step))
    })
}

fn written(step: &Step) -> bool {
    match step.kind.memory() {
        Memory::Writes => true,
        Memory::Updates => step.wrote.is_some(),
        Memory::Reads | Memory::Untouched => false,
    }
}

/// The step whose value this one reads; none for the value that the word was made with.
fn read_from(steps: &[Step], at: usize) -> Option<usize> {
    let step = &steps[at];
    if !matches!(step.kind.memory(), Memory::Reads | Memory::Updates) {
        return None;
    }
    match &step.old {
        Some(old) => old.of.map(|number| number - 1),
        None if step.stale => None,
        None => steps[..at].iter().rposition(|other| other.field == step.field && written(other)),
    }
}

/// The step of another thread that last gave back the lock that this one takes.
fn gives(steps: &[Step], at: usize) -> Option<usize> {
    let same = |other: &Step| other.field == steps[at].field && other.kind.lock() == Lock::Gives;
    steps[..at].iter().rposition(same)
}

/// The writes whose release sequences a write belongs to: itself, and what it read in one step with
/// writing, and so on.
fn heads(steps: &[Step], write: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(write), |&at| {
        (steps[at].kind.memory() == Memory::Updates).then(|| read_from(steps, at)).flatten()
    })
}

/// Whether a write, of which a read has the value or that of its release sequence, synchronizes with
/// it: by their own orderings, or by fences before and after them.
fn synchronizes(steps: &[Step], write: usize, read: usize) -> bool {
    let fence = |step: &Step, of: usize, strong: fn(&Step) -> bool| {
        step.kind == Kind::Fence && step.thread == steps[of].thread && strong(step)
    };
    // Plain memory orders nothing.
    let atomic = |at: usize| steps[at].ordering.is_some();
    let before = steps[..write].iter().any(|step| fence(step, write, releases));
    let after = steps[read..].iter().any(|step| fence(step, read, acquires));
    atomic(write)
        && atomic(read)
        && (releases(&steps[write]) || before)
        && (acquires(&steps[read]) || after)
}

fn releases(step: &Step) -> bool {
    matches!(step.ordering.as_deref(), Some("Release" | "AcqRel" | "SeqCst"))
}

fn acquires(step: &Step) -> bool {
    matches!(step.ordering.as_deref(), Some("Acquire" | "AcqRel" | "SeqCst"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Conflict, Edge, EdgeEnd, Old};
    use crate::words::samples;

    fn step(thread: &str, field: &str, op: &str, ordering: &str) -> Step {
        Step { ordering: Some(ordering.into()), ..samples::step(thread, field, op, "1") }
    }

    fn of(steps: Vec<Step>) -> Vec<(usize, usize, bool)> {
        let failure = samples::failure(crate::report::Kind::Forbidden, "X", steps);
        flows(&failure).iter().map(|flow| (flow.from, flow.to, flow.orders)).collect()
    }

    #[test]
    fn a_value_orders_where_one_side_releases_and_the_other_acquires() {
        for (store, load, orders) in [
            ("Release", "Acquire", true),
            ("SeqCst", "SeqCst", true),
            ("Release", "Relaxed", false),
            ("Relaxed", "Acquire", false),
        ] {
            let steps = vec![step("w", "x", "store", store), step("r", "x", "load", load)];
            assert_eq!(of(steps), [(0, 1, orders)], "{store} {load}");
        }
    }

    #[test]
    fn fences_order_what_is_relaxed() {
        let with = |before, after| {
            of(vec![
                step("w", "", "fence", before),
                step("w", "x", "store", "Relaxed"),
                step("r", "x", "load", "Relaxed"),
                step("r", "", "fence", after),
            ])
        };
        assert_eq!(with("Release", "Acquire"), [(1, 2, true)]);
        assert_eq!(with("Acquire", "Acquire"), [(1, 2, false)]);
        assert_eq!(with("Release", "Release"), [(1, 2, false)]);
    }

    #[test]
    fn a_release_sequence_goes_on_through_what_reads_and_writes_in_one_step() {
        let add = Step { wrote: Some("2".into()), ..step("o", "x", "fetch_add", "Relaxed") };
        let (store, load) = (step("w", "x", "store", "Release"), step("r", "x", "load", "Acquire"));
        assert_eq!(of(vec![store.clone(), add, load.clone()]), [(0, 1, false), (1, 2, true)]);
        // A plain store cuts it, even one of the same thread.
        let again = step("w", "x", "store", "Relaxed");
        assert_eq!(of(vec![store, again, load]), [(1, 2, false)]);
    }

    #[test]
    fn an_old_value_is_of_the_step_that_the_engine_names() {
        let old = |of| Step {
            stale: true,
            old: Some(Old { of, newer: vec![2] }),
            ..step("r", "x", "load", "Acquire")
        };
        let stores = [step("w", "x", "store", "Release"), step("w", "x", "store", "Release")];
        assert_eq!(of([&stores[..], &[old(Some(1))]].concat()), [(0, 2, true)]);
        assert!(of([&stores[..], &[old(None)]].concat()).is_empty());
        // Nobody says what it read.
        let unknown = Step { stale: true, ..step("r", "x", "load", "Acquire") };
        assert!(of([&stores[..], &[unknown]].concat()).is_empty());
    }

    #[test]
    fn a_lock_hands_on_what_came_before_and_plain_memory_does_not() {
        let of_lock = |thread, op, kind| Step { kind, ..step(thread, "m", op, "") };
        let plain = |thread, op, kind| Step { ordering: None, kind, ..step(thread, "v", op, "") };
        let steps = vec![
            of_lock("a", "lock", Kind::Lock),
            plain("a", "write", Kind::CellWrite),
            of_lock("a", "unlock", Kind::Unlock),
            of_lock("b", "lock", Kind::Lock),
            plain("b", "read", Kind::CellRead),
        ];
        assert_eq!(of(steps), [(2, 3, true), (1, 4, false)]);
    }

    #[test]
    fn a_race_shows_its_accesses_and_the_edge_that_is_missing() {
        let at = |line, step: Step| Step { line, ..step };
        let steps = vec![
            at(1, Step { kind: Kind::CellWrite, ..step("w", "data", "write", "") }),
            at(2, step("w", "flag", "store", "Relaxed")),
            at(3, step("r", "flag", "load", "Acquire")),
            at(4, Step { kind: Kind::CellRead, ..step("r", "data", "read", "") }),
        ];
        let access = |actor: &str, does, line| Access {
            actor: actor.into(),
            does,
            file: "broken.rs".into(),
            line,
        };
        let end = |actor: &str, op: &str, line| EdgeEnd {
            actor: actor.into(),
            op: op.into(),
            ordering: "Relaxed".into(),
            weak: true,
            file: "broken.rs".into(),
            line,
        };
        let missing_edge =
            Edge { object: "flag".into(), write: end("w", "store", 2), read: end("r", "load", 3) };
        let mut failure = samples::failure(crate::report::Kind::DataRace, "", steps);
        failure.why = Why::Conflict(Conflict {
            object: "data".into(),
            first: access("w", Does::Writes, 1),
            second: access("r", Does::Reads, 4),
            missing: Some(Box::new(missing_edge)),
        });
        assert_eq!((unordered(&failure), missing(&failure)), (Some((0, 3)), Some((1, 2))));
    }
}
