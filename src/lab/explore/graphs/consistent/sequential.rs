//! SeqCst: the condition *psc* of RC11, on a whole graph.
//!
//! Lahav, Vafeiadis, Kang, Hur and Dreyer, *Repairing sequential consistency in C/C++11* (PLDI
//! 2017): between SeqCst accesses and fences there is no cycle of
//! `psc_base = ([Esc] | [Fsc];hb?) ; scb ; ([Esc] | hb?;[Fsc])`, where
//! `scb = sb | sb_other;hb;sb_other | hb_same | mo | rb`, and of
//! `psc_fence = [Fsc] ; (hb | hb;eco;hb) ; [Fsc]`. Happens-before is that of the clocks.

use std::sync::atomic::Ordering::SeqCst;

use super::super::event::{Event, drained};
use super::super::graph::{Graph, Label, Number};
use super::super::matrix::Matrix;
use super::super::revisit::{Sabotage, is};
use super::time;
use crate::rt::clocks::{self, Clock};
use crate::rt::op::MAX_THREADS;
use crate::rt::values::Id;

fn sequential(label: Label) -> bool {
    match label {
        Label::Read { order, .. } | Label::Write { order, .. } => order == SeqCst,
        Label::Fence(order) => order == Some(SeqCst),
        Label::Join(_) | Label::Whim(_) => false,
    }
}

/// Whether SeqCst can forbid anything: there are such events of two threads. `more` is added.
pub(in super::super) fn needed(graph: &Graph, more: Option<(usize, Label)>) -> bool {
    let more = more.filter(|more| sequential(more.1)).map(|more| more.0);
    let threads = graph.threads.iter().enumerate();
    let some = |(thread, labels): (usize, &Vec<Label>)| {
        more == Some(thread) || labels.iter().any(|label| sequential(*label))
    };
    !is(Sabotage::NoPsc) && threads.filter(|thread| some(*thread)).count() > 1
}

/// An event of the relations: a read-modify-write is one.
struct Node {
    thread: usize,
    index: usize,
    object: Option<Number>,
    reads: Option<Id>,
    writes: Option<Id>,
    sequential: bool,
    fence: bool,
    time: u32,
    /// What comes before it, itself among it.
    clock: Clock,
}

/// Whether the condition holds. `added` was just added, its thread has told nothing of it; `read`
/// reads it, in a revisit.
pub(in super::super) fn holds(
    graph: &Graph,
    events: &[Vec<Event>; MAX_THREADS],
    added: Id,
    read: Option<Id>,
) -> bool {
    let nodes = nodes(graph, events, added, read);
    let n = nodes.len();
    let mut hb = Matrix::new(n);
    let mut sb = Matrix::new(n);
    for (a, before) in nodes.iter().enumerate() {
        for (b, after) in nodes.iter().enumerate() {
            let mine = before.thread == after.thread;
            if mine && before.index < after.index {
                sb.set(a, b);
                hb.set(a, b);
            } else if !mine && before.time <= after.clock[before.thread] {
                hb.set(a, b);
            }
        }
    }
    let (rf, mo, rb) = communication(graph, &nodes);
    let same = |a: usize, b: usize| nodes[a].object.is_some() && nodes[a].object == nodes[b].object;
    let sb_other = sb.filter(|a, b| !same(a, b));
    let scb = sb.or(&sb_other.then(&hb).then(&sb_other)).or(&hb.filter(same)).or(&mo).or(&rb);
    let access = |a: usize| nodes[a].sequential && !nodes[a].fence;
    let fence = |a: usize| nodes[a].sequential && nodes[a].fence;
    let reflexive = hb.or(&Matrix::identity(n));
    let identity = Matrix::identity(n);
    let left = identity.filter(|a, _| access(a)).or(&reflexive.filter(|a, _| fence(a)));
    let right = identity.filter(|a, _| access(a)).or(&reflexive.filter(|_, b| fence(b)));
    let base = left.then(&scb).then(&right);
    let eco = rf.or(&mo).or(&rb).closed();
    let fences = hb
        .or(&hb.then(&eco).then(&hb))
        .filter(|a, b| fence(a) && fence(b) && !is(Sabotage::NoPscOfFences));
    base.or(&fences).acyclic()
}

fn nodes(
    graph: &Graph,
    events: &[Vec<Event>; MAX_THREADS],
    added: Id,
    read: Option<Id>,
) -> Vec<Node> {
    let mut nodes: Vec<Node> = Vec::new();
    // What the thread of `added` has behind it, itself among it, though it has not told of it.
    let clock_of = |id: Id, label: Label| -> Clock {
        let event = &events[id.thread as usize].get(id.index as usize);
        let before = event.map_or_else(|| clocks::now(id.thread.into()), |event| event.before);
        if let (Some(clock), true) = (event.and_then(|event| event.after), Some(id) != read) {
            return clock;
        }
        match label {
            Label::Read { order, from, .. } => {
                let unsaid = (from == added).then(|| carried(graph, events, added));
                clocks::after_reading(&before, order, from, unsaid.as_ref())
            }
            Label::Write { exclusive: true, order, .. } => {
                let from = graph.reads_of(id).unwrap_or(Id::FIRST);
                clocks::after_reading(&before, order, from, None)
            }
            _ => before,
        }
    };
    for (id, label) in graph.events() {
        let (thread, index) = (id.thread as usize, id.index as usize);
        let mut node = Node {
            thread,
            index,
            object: None,
            reads: None,
            writes: None,
            sequential: sequential(label),
            fence: false,
            time: time(graph, events, id),
            clock: clock_of(id, label),
        };
        match label {
            Label::Read { object, from, .. } => {
                (node.object, node.reads) = (Some(object), Some(from));
            }
            Label::Write { exclusive: true, .. } => {
                if let Some(half) = nodes.last_mut() {
                    half.writes = Some(id);
                }
                continue;
            }
            Label::Write { object, .. } => {
                (node.object, node.writes) = (Some(object), Some(id));
            }
            Label::Fence(_) => node.fence = true,
            Label::Join(_) | Label::Whim(_) => {}
        }
        nodes.push(node);
    }
    nodes
}

/// What a write carries that was just added.
fn carried(graph: &Graph, events: &[Vec<Event>; MAX_THREADS], write: Id) -> Clock {
    let Label::Write { order, exclusive, streamed, .. } = graph.label(write) else {
        return Clock::default();
    };
    let thread = write.thread as usize;
    let reads = exclusive.then(|| graph.reads_of(write)).flatten();
    let mut clock = clocks::would_carry(thread, order, reads);
    if streamed {
        clock[thread] = clock[thread].min(drained(graph, events, write));
    }
    clock
}

/// Reads-from, modification order, and reads-before.
fn communication(graph: &Graph, nodes: &[Node]) -> (Matrix, Matrix, Matrix) {
    let n = nodes.len();
    let (mut rf, mut mo, mut rb) = (Matrix::new(n), Matrix::new(n), Matrix::new(n));
    let writer = |write: Id| nodes.iter().position(|node| node.writes == Some(write));
    for object in 0..graph.mo.len() {
        let order: Vec<usize> =
            graph.mo[object].iter().filter_map(|write| writer(*write)).collect();
        for (place, a) in order.iter().enumerate() {
            order[place + 1..].iter().for_each(|b| mo.set(*a, *b));
        }
        let object = object as Number;
        for (b, node) in nodes.iter().enumerate() {
            let Some(from) = node.reads.filter(|_| node.object == Some(object)) else { continue };
            if let Some(a) = writer(from) {
                rf.set(a, b);
            }
            let place = graph.place(object, from).unwrap_or(order.len());
            order[place..].iter().filter(|later| **later != b).for_each(|later| rb.set(b, *later));
        }
    }
    (rf, mo, rb)
}
