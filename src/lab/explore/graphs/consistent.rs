//! What a thread must have seen: the part of C11's consistency that one event can break.
//!
//! An added event has no edge to others in program order or reads-from. So a cycle needs one of
//! coherence, which is told by places in the modification order, or one of SeqCst.

pub(super) mod sequential;
#[cfg(debug_assertions)]
pub(super) mod whole;

use super::event::Event;
use super::graph::{Graph, Label, Number};
use super::revisit::{Sabotage, is};
use crate::rt::clocks::Clock;
use crate::rt::op::MAX_THREADS;
use crate::rt::values::Id;

/// How far a thread had come when an event of it was there for all: a read of a streamed store of its
/// own is there no earlier than that store. An event that is about to be added never is.
pub(super) fn time(graph: &Graph, events: &[Vec<Event>; MAX_THREADS], id: Id) -> u32 {
    let known = &events[id.thread as usize];
    let time = |id: Id| known.get(id.index as usize).map_or(u32::MAX, |event| event.time);
    let forwarded = graph.from(id).filter(|from| from.thread == id.thread);
    forwarded.map_or(0, time).max(time(id))
}

/// The latest place in a word's order that the event at (thread, index) must have seen, with
/// `before` behind it: of the writes that happen before it, and of those that such reads have read.
/// A read may read this place or a later one; a write stands behind it.
pub(super) fn known(
    graph: &Graph,
    events: &[Vec<Event>; MAX_THREADS],
    (thread, index): (usize, usize),
    before: &Clock,
    word: Number,
) -> usize {
    if is(Sabotage::NoCoherence) || graph.writes(word).is_empty() {
        return 0;
    }
    let mut latest = 0;
    for (other, labels) in graph.threads.iter().enumerate() {
        let mine = other == thread;
        let end = if mine { index.min(labels.len()) } else { labels.len() };
        // A thread never goes back in a word's order: the last that counts is the latest.
        for (at, label) in labels[..end].iter().enumerate().rev() {
            let write = match *label {
                Label::Read { object, from, .. } if object == word => from,
                Label::Write { object, .. } if object == word => Id::new(other, at),
                _ => continue,
            };
            if !mine && time(graph, events, Id::new(other, at)) > before[other] {
                continue;
            }
            // What has no place yet is about to be placed.
            if let Some(place) = graph.place(word, write) {
                latest = latest.max(place);
                break;
            }
        }
    }
    latest
}
