//! An order in which a person can follow a graph: of all that respect program order and
//! reads-from, one in which reads return the newest value wherever that can be, with few changes
//! from one thread to another.

use super::graph::{Graph, Label};
use crate::rt::op::MAX_THREADS;
use crate::rt::values::Id;

/// The threads in the order in which they perform their events.
pub(super) struct Linear {
    pub(super) threads: Vec<u8>,
    /// Reads that return an older value than the newest.
    pub(super) stale: usize,
    /// Changes from one thread to another.
    pub(super) switches: usize,
}

/// Such an order of a graph.
pub(super) fn order(graph: &Graph) -> Linear {
    let mut done = [0; MAX_THREADS];
    let mut order = Linear { threads: Vec::new(), stale: 0, switches: 0 };
    let mut last: Option<usize> = None;
    let events: usize = graph.threads.iter().map(Vec::len).sum();
    while order.threads.len() < events {
        let performed = |event: Id| event.is_first() || done[event.thread as usize] > event.index;
        let ready: Vec<usize> = (0..MAX_THREADS)
            .filter(|&thread| match graph.threads[thread].get(done[thread] as usize) {
                Some(Label::Read { from, .. }) => performed(*from),
                Some(Label::Join(of)) => {
                    done[*of as usize] as usize == graph.threads[*of as usize].len()
                }
                Some(_) => true,
                None => false,
            })
            .collect();
        let harmless = |thread: &usize| harmless(graph, *thread, done[*thread], &performed);
        let stays = last.filter(|last| ready.contains(last));
        let next = stays.filter(harmless);
        let next = next.or_else(|| ready.iter().copied().find(harmless));
        let Some(thread) = next.or(stays).or(ready.first().copied()) else { break };
        if let Label::Read { object, from, .. } = graph.threads[thread][done[thread] as usize] {
            let place = graph.place(object, from).unwrap_or(0);
            let newer = graph.writes(object)[place..].iter();
            order.stale += newer.into_iter().any(|write| performed(*write)) as usize;
        }
        order.switches += last.is_some_and(|last| last != thread) as usize;
        last = Some(thread);
        // The halves of a read-modify-write are performed at once.
        let exclusive = matches!(
            graph.threads[thread][done[thread] as usize],
            Label::Read { exclusive: true, .. }
        );
        for _ in 0..1 + exclusive as usize {
            if (done[thread] as usize) < graph.threads[thread].len() {
                done[thread] += 1;
                order.threads.push(thread as u8);
            }
        }
    }
    order
}

/// Whether a thread's next event makes no other read stale, and is none itself.
fn harmless(graph: &Graph, thread: usize, done: u16, performed: &dyn Fn(Id) -> bool) -> bool {
    let at = done as usize;
    let newest = |object, from: Id| {
        let place = graph.place(object, from).unwrap_or(0);
        !graph.writes(object)[place..].iter().any(|write| performed(*write))
    };
    let stands = |object, write: Id| {
        let writes = graph.writes(object);
        let place = writes.iter().position(|other| *other == write).unwrap_or(writes.len());
        let read = |id: Id, label: Label| match label {
            Label::Read { object: of, from, .. } => {
                of == object
                    && id.thread != write.thread
                    && !performed(id)
                    && graph.place(object, from).is_some_and(|from| from <= place)
            }
            _ => false,
        };
        writes[..place].iter().all(|earlier| performed(*earlier))
            && !graph.events().any(|(id, label)| read(id, label))
    };
    match graph.threads[thread][at] {
        Label::Read { object, from, exclusive, .. } => {
            newest(object, from) && (!exclusive || stands(object, Id::new(thread, at + 1)))
        }
        Label::Write { object, .. } => stands(object, Id::new(thread, at)),
        Label::Fence(_) | Label::Join(_) | Label::Whim(_) => true,
    }
}
