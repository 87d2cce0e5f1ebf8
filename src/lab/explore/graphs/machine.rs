//! Sequential consistency and x86 as predicates on a graph.
//!
//! Both are stricter than C11, so their graphs are those of C11's that pass. Rust's orderings in
//! machine code, in program order: a load of any ordering is a `mov`; a store below SeqCst a `mov`,
//! a SeqCst one an `xchg`; a read-modify-write is locked, also one that fails or leaves the value; a
//! SeqCst fence is an `mfence`; weaker fences and plain memory are nothing. A lock, the start of a
//! thread and the wait for its end are locked instructions.
//!
//! x86-TSO (Owens, Sarkar and Sewell, *A better x86 memory model*, 2009), as axioms: no cycle of what
//! program order keeps (all but a store before a later load), of reads from other threads, of the
//! modification order and of reads before newer writes. That for each word there is none of those
//! with all of program order and all reads need not be asked: so it is in each graph of C11's.
//! Whatever drains the store buffer is kept with all before and after
//! it. A streamed store (`movnti`) may also pass other stores, until `sfence` or something that
//! drains (Intel SDM, volume 3A, 8.2.2).

use std::sync::atomic::Ordering::SeqCst;

use super::graph::{Graph, Label, Number};
use super::matrix::Matrix;
use super::revisit::{Sabotage, is};
use crate::report::Model;
use crate::rt::values::Id;

/// An instruction: a read-modify-write is one.
struct Node {
    thread: usize,
    event: Id,
    object: Option<Number>,
    reads: Option<Id>,
    writes: Option<Id>,
    strong: bool,
    streamed: bool,
    /// `sfence`.
    drains: bool,
    /// Waits for the end of this thread.
    joins: Option<usize>,
}

/// Whether a machine of this model can show a graph of C11's. `started` names the event that
/// started each thread.
pub(super) fn shows(graph: &Graph, model: Model, started: &[Id]) -> bool {
    let sc = match model {
        Model::Sc => true,
        Model::X86 => false,
        Model::C11 => return true,
    };
    let nodes = nodes(graph);
    let n = nodes.len();
    let mut all = Matrix::new(n);
    for (a, before) in nodes.iter().enumerate() {
        for (b, after) in nodes.iter().enumerate() {
            let mine = before.thread == after.thread;
            if mine && before.event.index < after.event.index && (sc || kept(before, after)) {
                all.set(a, b);
            }
            let starts = before.event == started[after.thread]
                || before.writes == Some(started[after.thread]);
            if !mine && (starts || after.joins == Some(before.thread)) {
                all.set(a, b);
            }
        }
    }
    let writer = |write: Id| nodes.iter().position(|node| node.writes == Some(write));
    for object in 0..graph.mo.len() {
        // The next write is enough: the order is total, and a read comes before the next.
        let order: Vec<Option<usize>> =
            graph.mo[object].iter().map(|write| writer(*write)).collect();
        for pair in order.windows(2) {
            if let [Some(a), Some(b)] = *pair {
                all.set(a, b);
            }
        }
    }
    for (b, node) in nodes.iter().enumerate() {
        let (Some(object), Some(from)) = (node.object, node.reads) else { continue };
        let forwarded = from.thread as usize == node.thread && !is(Sabotage::OwnReadsOrder);
        if let Some(a) = writer(from)
            && (sc || !forwarded)
        {
            all.set(a, b);
        }
        let place = graph.place(object, from).unwrap_or(usize::MAX);
        if let Some(next) = graph.writes(object).get(place)
            && Some(*next) != node.writes
            && let Some(next) = writer(*next)
        {
            all.set(b, next);
        }
    }
    all.acyclic()
}

/// Whether a machine performs two instructions of a thread in program order.
fn kept(before: &Node, after: &Node) -> bool {
    let (reads, writes) = (|node: &Node| node.reads.is_some(), |node: &Node| node.writes.is_some());
    if before.strong || after.strong || reads(before) {
        return true;
    }
    if before.drains || after.drains {
        return !reads(after);
    }
    writes(before) && writes(after) && !before.streamed && !after.streamed
}

fn nodes(graph: &Graph) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for (event, label) in graph.events() {
        let thread = event.thread as usize;
        let mut node = Node {
            thread,
            event,
            object: None,
            reads: None,
            writes: None,
            strong: false,
            streamed: false,
            drains: false,
            joins: None,
        };
        match label {
            Label::Read { object, from, locked, exclusive, .. } => {
                (node.object, node.reads) = (Some(object), Some(from));
                node.strong = locked && (exclusive || !is(Sabotage::FailedIsMov));
            }
            Label::Write { exclusive: true, .. } => {
                if let Some(half) = nodes.last_mut() {
                    half.writes = Some(event);
                }
                continue;
            }
            Label::Write { object, order, streamed, .. } => {
                (node.object, node.writes) = (Some(object), Some(event));
                node.strong = order == SeqCst && !is(Sabotage::SeqCstStoreIsMov);
                node.streamed = streamed && !is(Sabotage::StreamsInOrder);
            }
            Label::Fence(Some(SeqCst)) => node.strong = !is(Sabotage::SeqCstFenceIsNothing),
            Label::Fence(Some(_)) if is(Sabotage::WeakFenceIsStrong) => node.strong = true,
            Label::Fence(None) if is(Sabotage::DrainIsNothing) => continue,
            Label::Fence(None) => node.drains = true,
            Label::Join(of) => (node.strong, node.joins) = (true, Some(of.into())),
            // No instruction.
            Label::Fence(Some(_)) | Label::Whim(_) => continue,
        }
        nodes.push(node);
    }
    nodes
}
