//! What goes from one thread to another in an execution: values that are read, and locks.

use super::{Access, Does, Failure, Step, Why};
use crate::op::{Kind, Lock, Memory};

/// What goes from a step of one thread to a step of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The number of the step that writes, from 0; of a fence, or of the write that a release sequence
    /// begins with, where these alone order.
    pub from: usize,
    /// The number of the step that reads, from 0; of a fence, where that alone orders.
    pub to: usize,
    /// Whether the one reads what the other wrote, or takes the lock that it gave back.
    pub reads: bool,
    /// Whether all of the one thread up to `from` happens before all of the other from `to` on: the
    /// one synchronizes with the other (C++20, `intro.races` and `atomics.fences`). A value that is
    /// read orders nothing by itself.
    pub orders: bool,
}

/// What goes from thread to thread in an execution, in the order of the steps that receive it: of a
/// read, what it read; of a lock, who had it last. A stale read of which the engine does not tell
/// what it read is left out.
pub fn flows(failure: &Failure) -> Vec<Flow> {
    let steps = &failure.steps;
    let mut flows: Vec<Flow> = Vec::new();
    let between = |flow: &Flow| steps[flow.from].thread != steps[flow.to].thread;
    for (to, step) in steps.iter().enumerate() {
        if step.kind.lock() == Lock::Takes {
            let given = gives(steps, to);
            flows.extend(given.map(|from| Flow { from, to, reads: true, orders: true }));
            continue;
        }
        let Some(from) = read_from(steps, to) else { continue };
        let pairs: Vec<_> =
            heads(steps, from).filter_map(|head| synchronizes(steps, head, to)).collect();
        flows.push(Flow { from, to, reads: true, orders: pairs.contains(&(from, to)) });
        let others = pairs.into_iter().filter(|pair| *pair != (from, to));
        flows.extend(others.map(|(from, to)| Flow { from, to, reads: false, orders: true }));
    }
    flows.retain(between);
    flows.dedup();
    flows
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

/// The step that last gave back the lock that this one takes: readers of one lock order nothing
/// among themselves.
fn gives(steps: &[Step], at: usize) -> Option<usize> {
    let readers = steps[at].kind != Kind::ReadLock;
    let gives = |kind: Kind| kind.lock() == Lock::Gives && (readers || kind != Kind::ReadUnlock);
    let same = |other: &Step| other.field == steps[at].field && gives(other.kind);
    steps[..at].iter().rposition(same)
}

/// The writes whose release sequences a write belongs to: itself, and what it read in one step with
/// writing, and so on.
fn heads(steps: &[Step], write: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(Some(write), |&at| {
        (steps[at].kind.memory() == Memory::Updates).then(|| read_from(steps, at)).flatten()
    })
}

/// Where a write, of which a read has the value or that of its release sequence, synchronizes with it:
/// by its own ordering, or from the last fence before it; and the read by its own, or from the next
/// fence on. None where it does not.
fn synchronizes(steps: &[Step], write: usize, read: usize) -> Option<(usize, usize)> {
    // Plain memory orders nothing.
    steps[write].ordering.as_ref().and(steps[read].ordering.as_ref())?;
    let fence = |step: &Step, of: usize, strong: fn(&Step) -> bool| {
        step.kind == Kind::Fence && step.thread == steps[of].thread && strong(step)
    };
    let from = match releases(&steps[write]) {
        true => write,
        false => steps[..write].iter().rposition(|step| fence(step, write, releases))?,
    };
    let to = match acquires(&steps[read]) {
        true => read,
        false => read + steps[read..].iter().position(|step| fence(step, read, acquires))?,
    };
    Some((from, to))
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

    /// From, to, and whether it is read and orders.
    fn of(steps: Vec<Step>) -> Vec<(usize, usize, &'static str)> {
        let failure = samples::failure(crate::report::Kind::Forbidden, "X", steps);
        let told = |flow: &Flow| match (flow.reads, flow.orders) {
            (true, true) => (flow.from, flow.to, "both"),
            (true, false) => (flow.from, flow.to, "value"),
            (false, _) => (flow.from, flow.to, "order"),
        };
        flows(&failure).iter().map(told).collect()
    }

    #[test]
    fn a_value_orders_where_one_side_releases_and_the_other_acquires() {
        for (store, load, orders) in [
            ("Release", "Acquire", "both"),
            ("SeqCst", "SeqCst", "both"),
            ("Release", "Relaxed", "value"),
            ("Relaxed", "Acquire", "value"),
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
        // What stands between the fences and the word is not ordered: the arrow is of the fences.
        assert_eq!(with("Release", "Acquire"), [(1, 2, "value"), (0, 3, "order")]);
        assert_eq!(with("Acquire", "Acquire"), [(1, 2, "value")]);
        assert_eq!(with("Release", "Release"), [(1, 2, "value")]);
    }

    #[test]
    fn a_release_sequence_goes_on_through_what_reads_and_writes_in_one_step() {
        let add = Step { wrote: Some("2".into()), ..step("o", "x", "fetch_add", "Relaxed") };
        let (store, load) = (step("w", "x", "store", "Release"), step("r", "x", "load", "Acquire"));
        // Of the thread in between nothing is ordered.
        let arrows = of(vec![store.clone(), add, load.clone()]);
        assert_eq!(arrows, [(0, 1, "value"), (1, 2, "value"), (0, 2, "order")]);
        // A plain store cuts it, even one of the same thread.
        let again = step("w", "x", "store", "Relaxed");
        assert_eq!(of(vec![store, again, load]), [(1, 2, "value")]);
    }

    #[test]
    fn an_old_value_is_of_the_step_that_the_engine_names() {
        let old = |of| Step {
            stale: true,
            old: Some(Old { of, newer: vec![2] }),
            ..step("r", "x", "load", "Acquire")
        };
        let stores = [step("w", "x", "store", "Release"), step("w", "x", "store", "Release")];
        assert_eq!(of([&stores[..], &[old(Some(1))]].concat()), [(0, 2, "both")]);
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
        assert_eq!(of(steps), [(2, 3, "both"), (1, 4, "value")]);
    }

    #[test]
    fn readers_of_a_lock_order_nothing_among_themselves() {
        let of_lock = |thread, op, kind| Step { kind, ..step(thread, "m", op, "") };
        let steps = vec![
            of_lock("w", "write", Kind::Lock),
            of_lock("w", "unlock", Kind::Unlock),
            of_lock("a", "read", Kind::ReadLock),
            of_lock("a", "unlock", Kind::ReadUnlock),
            of_lock("b", "read", Kind::ReadLock),
            of_lock("b", "unlock", Kind::ReadUnlock),
            of_lock("w", "write", Kind::Lock),
        ];
        assert_eq!(of(steps), [(1, 2, "both"), (1, 4, "both"), (5, 6, "both")]);
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
