//! Revisits: which earlier reads could read a write that was just added.
//!
//! For a write `a` and an earlier read `r` of the same word, the graph in which `r` reads `a` has
//! all that was added before `r`, and all that `a` needs (its *prefix*, by program order and
//! reads-from). The rest is deleted and comes again when the thread goes on. Of all graphs from which
//! the same one could be made in this way, exactly one may make it: the one in which whatever is
//! deleted was added *maximally*, a read as a read of the newest write, and a write as the newest
//! (Kokologiannakis, Marmanis, Gladstein and Vafeiadis, *Truly stateless, optimal dynamic partial
//! order reduction*, POPL 2022).

use super::graph::{Graph, Label};
use crate::rt::op::MAX_THREADS;
use crate::rt::values::Id;

/// A read that could read a write, and the graph without what has to go for it. The read is the
/// last event of its thread there, and reads from the write, which has no place in the modification
/// order yet.
pub(super) struct Revisit {
    pub(super) read: Id,
    pub(super) graph: Graph,
}

/// Ways to break it on purpose: the tests must notice each. Compiled only for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(test), allow(dead_code))]
pub(super) enum Sabotage {
    /// Whatever is deleted counts as maximal.
    AlwaysMaximal,
    /// A write that a kept event reads may be deleted.
    DeleteWhatIsRead,
    /// What the write needs does not count as added before.
    WithoutPrefix,
    /// Reads of read-modify-writes are never revisited.
    NotExclusive,
    /// A read-modify-write that cannot stand revisits nothing.
    NoConflicts,
    /// A write stands only in the last place.
    LastPlaceOnly,
    /// The same after a revisit.
    LastPlaceAfterRevisit,
    /// A revisited read counts as added last.
    MovedToTheEnd,
    /// What the write reads from is not among what it needs.
    PrefixWithoutReads,
    /// No read is kept from reading older than what it knows.
    NoCoherence,
    /// SeqCst orders nothing; or nothing between fences but what lies in `psc_base`.
    NoPsc,
    NoPscOfFences,
    /// A read-modify-write that leaves the value is a read.
    SameIsRead,
    /// Whoever was let go goes on without what let it go; or that is never deleted.
    LetGoForGood,
    KeepsWhatLetsGo,
    /// A reader that waits for a waiting writer's part has not come too late.
    NeverCameBetween,
    /// Readers of a lock stand in an order.
    ReadersInOrder,
    /// Nobody looks again who waits when nobody goes on.
    LooksOnce,
    /// x86: a read of an own store orders as any other, although it was forwarded.
    OwnReadsOrder,
    /// x86: a SeqCst store is a `mov`, a SeqCst fence is nothing, a weaker one an `mfence`.
    SeqCstStoreIsMov,
    SeqCstFenceIsNothing,
    WeakFenceIsStrong,
    /// x86: a compare-exchange that fails locks nothing.
    FailedIsMov,
    /// x86: streamed stores are in order, and `sfence` is nothing.
    StreamsInOrder,
    DrainIsNothing,
}

#[cfg(test)]
thread_local! {
    pub(super) static SABOTAGE: std::cell::Cell<Option<Sabotage>> =
        const { std::cell::Cell::new(None) };
}

#[cfg(test)]
pub(super) fn is(sabotage: Sabotage) -> bool {
    SABOTAGE.get() == Some(sabotage)
}

#[cfg(not(test))]
#[inline(always)]
pub(super) fn is(_: Sabotage) -> bool {
    false
}

/// Whether anything is broken on purpose: then what is asserted need not hold.
pub(super) fn sabotaged() -> bool {
    #[cfg(test)]
    return SABOTAGE.get().is_some() || crate::rt::clocks::SABOTAGE.get().is_some();
    #[cfg(not(test))]
    false
}

/// What the revisits of one write need to know of a graph.
struct View<'a> {
    graph: &'a Graph,
    /// The place of each event in the order of additions, thread by thread.
    added: Vec<u16>,
    /// Where those of each thread begin.
    begins: [usize; MAX_THREADS],
    /// What the write needs, itself among it, by place in that order.
    prefix: Vec<bool>,
}

/// The reads that could read `write`, the last event of its thread. `started` names the event that
/// started each thread.
pub(super) fn revisits(graph: &Graph, write: Id, started: &[Id; MAX_THREADS]) -> Vec<Revisit> {
    let Label::Write { object, .. } = graph.label(write) else { return Vec::new() };
    let reads =
        |event: &Id| matches!(graph.label(*event), Label::Read { object: of, .. } if of == object);
    if !graph.order.iter().any(|event| event.thread != write.thread && reads(event)) {
        return Vec::new();
    }
    let view = View::new(graph, write, started);
    let mut found = Vec::new();
    for place in (0..graph.len()).rev() {
        if view.prefix[place] {
            continue;
        }
        // Every earlier read would have to delete this.
        if !view.maximal(place) {
            break;
        }
        let read = graph.order[place];
        if reads(&read) && !(is(Sabotage::NotExclusive) && view.exclusive_read(read)) {
            found.push(Revisit { read, graph: view.revisited(place, write) });
        }
    }
    found
}

/// Whether no other read of what a read reads was added after it, but for what the write needs.
pub(super) fn nobody_looked_since(
    graph: &Graph,
    read: Id,
    write: Id,
    started: &[Id; MAX_THREADS],
) -> bool {
    let Label::Read { object, .. } = graph.label(read) else { return false };
    let looked = |event: &&Id| match graph.label(**event) {
        Label::Read { object: of, .. } => of == object && **event != read,
        _ => false,
    };
    let since = || graph.order.iter().rev().take_while(|event| **event != read).filter(looked);
    if since().next().is_none() {
        return true;
    }
    let view = View::new(graph, write, started);
    since().all(|event| view.prefix[view.place(*event)])
}

impl<'a> View<'a> {
    fn new(graph: &'a Graph, write: Id, started: &[Id; MAX_THREADS]) -> View<'a> {
        let mut begins = [0; MAX_THREADS];
        let mut events = 0;
        for (begin, labels) in begins.iter_mut().zip(&graph.threads) {
            *begin = events;
            events += labels.len();
        }
        let mut added = vec![0; events];
        for (place, event) in graph.order.iter().enumerate() {
            added[begins[event.thread as usize] + event.index as usize] = place as u16;
        }
        let mut view = View { graph, added, begins, prefix: vec![false; graph.len()] };
        // Who went round because nobody went on needs all that was there by then, but what somebody
        // has read who waits.
        for (place, event) in graph.order.iter().take(graph.goes_round.unwrap_or(0)).enumerate() {
            let last = graph.threads[event.thread as usize].len() == event.index as usize + 1;
            view.prefix[place] = !(last && view.graph.from(*event).is_some());
        }
        let mut todo = vec![write];
        while let Some(event) = todo.pop() {
            if event.is_first() {
                continue;
            }
            let place = view.place(event);
            if std::mem::replace(&mut view.prefix[place], true) {
                continue;
            }
            match event.index.checked_sub(1) {
                Some(index) => todo.push(Id { index, ..event }),
                None => todo.push(started[event.thread as usize]),
            }
            match graph.label(event) {
                Label::Read { .. } if is(Sabotage::PrefixWithoutReads) => {}
                Label::Read { from, .. } => todo.push(from),
                Label::Join(thread) => {
                    // Its end may be the end of a thread without events: then of who started it.
                    let events = graph.threads[thread as usize].len();
                    todo.push(match events.checked_sub(1) {
                        Some(last) => Id::new(thread.into(), last),
                        None => started[thread as usize],
                    });
                }
                Label::Write { .. } | Label::Fence(_) | Label::Whim(_) => {}
            }
        }
        view
    }

    fn place(&self, event: Id) -> usize {
        self.added[self.begins[event.thread as usize] + event.index as usize].into()
    }

    /// Whether the event at this place was added maximally, as far as one sees who keeps only what
    /// was added before it and what the write needs.
    fn maximal(&self, place: usize) -> bool {
        if is(Sabotage::AlwaysMaximal) {
            return true;
        }
        let (graph, event) = (self.graph, self.graph.order[place]);
        let kept =
            |other: usize| other <= place || !is(Sabotage::WithoutPrefix) && self.prefix[other];
        let later = |object, place: usize| {
            graph.writes(object)[place..].iter().any(|write| kept(self.place(*write)))
        };
        match graph.label(event) {
            Label::Read { object, from, .. } => {
                let stays = |write: &Id| write.is_first() || kept(self.place(*write));
                // Without what let it go, it waits at what it waited at.
                let waited = || graph.held(event).rfind(stays);
                let from = Some(from).filter(stays).or_else(waited).unwrap_or(from);
                match graph.place(object, from) {
                    Some(place) => !later(object, place),
                    // It reads the write that is about to be placed: only that one's thread does.
                    None => false,
                }
            }
            Label::Write { object, .. } => {
                // Who was made to wait needs what made it wait, and nothing that it read since.
                let needs = |read: Id| match graph.held(read).next() {
                    Some(_) if is(Sabotage::KeepsWhatLetsGo) => graph.from(read) == Some(event),
                    Some(_) if is(Sabotage::LetGoForGood) => false,
                    Some(first) => first == event,
                    None => graph.from(read) == Some(event),
                };
                let read = (0..graph.len()).any(|other| kept(other) && needs(graph.order[other]));
                if read && !is(Sabotage::DeleteWhatIsRead) {
                    return false;
                }
                graph.place(object, event).is_none_or(|place| !later(object, place))
            }
            Label::Whim(happens) => !happens,
            Label::Fence(_) | Label::Join(_) => true,
        }
    }

    fn exclusive_read(&self, read: Id) -> bool {
        matches!(self.graph.label(read), Label::Read { exclusive: true, .. })
    }

    /// The graph in which the read at this place reads the write.
    fn revisited(&self, place: usize, write: Id) -> Graph {
        let graph = self.graph;
        let kept = |event: &Id| {
            let other = self.place(*event);
            other <= place || self.prefix[other]
        };
        let mut threads = Vec::with_capacity(MAX_THREADS);
        for (thread, labels) in graph.threads.iter().enumerate() {
            let kept = (0..labels.len()).take_while(|index| kept(&Id::new(thread, *index))).count();
            threads.push(labels[..kept].to_vec());
        }
        let mo = graph.mo.iter();
        let mo = mo.map(|writes| writes.iter().copied().filter(kept).collect()).collect();
        let mut order: Vec<Id> = graph.order.iter().copied().filter(kept).collect();
        let read = graph.order[place];
        if is(Sabotage::MovedToTheEnd) {
            order.retain(|event| *event != read);
            order.push(read);
        }
        let mut reads = |read: Id, write: Id| {
            let label = &mut threads[read.thread as usize][read.index as usize];
            if let Label::Read { from, exclusive, .. } = label {
                // Whether it is exclusive then the value will tell.
                (*from, *exclusive) = (write, false);
            }
        };
        let mut held = graph.held.clone();
        held.retain(|held| kept(&held.0) && kept(&held.1) && held.0 != read);
        for (waits, write) in &held {
            if graph.from(*waits).is_some_and(|from| !from.is_first() && !kept(&from)) {
                reads(*waits, *write);
            }
        }
        reads(read, write);
        Graph { threads, mo, order, news: read.thread.into(), held, goes_round: graph.goes_round }
    }
}
