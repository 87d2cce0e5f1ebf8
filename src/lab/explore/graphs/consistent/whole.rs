//! RC11 on a whole graph, by its labels alone: what the clocks say of one added event is held against
//! this where assertions are compiled.
//!
//! Happens-before is calculated here from program order and what synchronises. Graphs are left out
//! in which something else orders events as well: locks, threads that are started and waited for,
//! streamed stores.

use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

use super::super::graph::{Graph, Label, Number};
use super::super::matrix::Matrix;
use crate::rt::values::Id;

/// An event: a read-modify-write is one.
struct Node {
    id: Id,
    object: Option<Number>,
    order: Ordering,
    reads: Option<Id>,
    writes: Option<Id>,
    fence: bool,
}

fn nodes(graph: &Graph) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    for (id, label) in graph.events() {
        let order = Ordering::Relaxed;
        let node = Node { id, object: None, order, reads: None, writes: None, fence: false };
        nodes.push(match label {
            Label::Read { object, order, from, .. } => {
                Node { object: Some(object), order, reads: Some(from), ..node }
            }
            Label::Write { exclusive: true, .. } => {
                if let Some(half) = nodes.last_mut() {
                    half.writes = Some(id);
                }
                continue;
            }
            Label::Write { object, order, .. } => {
                Node { object: Some(object), order, writes: Some(id), ..node }
            }
            Label::Fence(Some(order)) => Node { order, fence: true, ..node },
            Label::Fence(None) | Label::Join(_) | Label::Whim(_) => continue,
        });
    }
    nodes
}

/// Whether RC11 allows a graph.
pub(in super::super) fn allows(graph: &Graph) -> bool {
    let nodes = nodes(graph);
    let n = nodes.len();
    let relation = |holds: &dyn Fn(usize, usize) -> bool| {
        let mut relation = Matrix::new(n);
        for a in 0..n {
            (0..n).filter(|b| holds(a, *b)).for_each(|b| relation.set(a, b));
        }
        relation
    };
    let acquires = |a: usize| matches!(nodes[a].order, Acquire | AcqRel | SeqCst);
    let releases = |a: usize| matches!(nodes[a].order, Release | AcqRel | SeqCst);
    let update = |a: usize| nodes[a].reads.is_some() && nodes[a].writes.is_some();
    let same = |a: usize, b: usize| nodes[a].object.is_some() && nodes[a].object == nodes[b].object;
    let place = |a: usize, write: Option<Id>| {
        nodes[a].object.zip(write).and_then(|(object, write)| graph.place(object, write))
    };
    let sb = relation(&|a, b| {
        nodes[a].id.thread == nodes[b].id.thread && nodes[a].id.index < nodes[b].id.index
    });
    let rf = relation(&|a, b| nodes[a].writes.is_some() && nodes[a].writes == nodes[b].reads);
    let mo = relation(&|a, b| {
        let places = (place(a, nodes[a].writes), place(b, nodes[b].writes));
        same(a, b) && matches!(places, (Some(a), Some(b)) if a < b)
    });
    let rb = relation(&|a, b| {
        let places = (place(a, nodes[a].reads), place(b, nodes[b].writes));
        a != b && same(a, b) && matches!(places, (Some(a), Some(b)) if a < b)
    });
    let identity = Matrix::identity(n);
    // Release sequences, from their heads and from the fences before those.
    let sequence = identity.filter(|a, _| nodes[a].writes.is_some());
    let continued = rf.filter(|_, b| update(b)).closed();
    let read = sequence.then(&identity.or(&continued)).then(&rf);
    let from_fence = sb.filter(|a, b| nodes[a].fence && releases(a) && nodes[b].writes.is_some());
    let head = identity.filter(|a, _| nodes[a].writes.is_some() && releases(a)).or(&from_fence);
    let to_fence = sb.filter(|a, b| nodes[a].reads.is_some() && nodes[b].fence && acquires(b));
    let tail = identity.filter(|a, _| nodes[a].reads.is_some() && acquires(a)).or(&to_fence);
    let hb = sb.or(&head.then(&read).then(&tail)).closed();
    let eco = rf.or(&mo).or(&rb).closed();
    let irreflexive = |of: &Matrix| (0..n).all(|a| !of.has(a, a));
    let between = rb.then(&mo);
    if !irreflexive(&hb)
        || !irreflexive(&eco)
        || !irreflexive(&hb.then(&eco))
        || !(0..n).all(|a| !update(a) || !between.has(a, a))
        || !sb.or(&rf).acyclic()
    {
        return false;
    }
    let other = sb.filter(|a, b| !same(a, b));
    let scb = sb.or(&other.then(&hb).then(&other)).or(&hb.filter(same)).or(&mo).or(&rb);
    let access = |a: usize| nodes[a].order == SeqCst && !nodes[a].fence;
    let fence = |a: usize| nodes[a].order == SeqCst && nodes[a].fence;
    let or_now = hb.or(&identity);
    let left = identity.filter(|a, _| access(a)).or(&or_now.filter(|a, _| fence(a)));
    let right = identity.filter(|a, _| access(a)).or(&or_now.filter(|_, b| fence(b)));
    let base = left.then(&scb).then(&right);
    let fences = hb.or(&hb.then(&eco).then(&hb)).filter(|a, b| fence(a) && fence(b));
    base.or(&fences).acyclic()
}
