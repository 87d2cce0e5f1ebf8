//! Going on: what an added read may read, where an added write may stand, and what else is to be
//! explored for it.

use std::sync::atomic::Ordering;

#[cfg(debug_assertions)]
use super::consistent::whole;
use super::consistent::{known, sequential};
use super::event::{ReadNow, drained, written};
use super::graph::{Graph, Label, Number};
use super::revisit::{Sabotage, is, revisits, sabotaged};
use super::run::State;
use crate::rt::clocks;
use crate::rt::values::{self, Id};

impl State {
    /// Adds a read: it reads the newest write, and the others are left to other runs. Returns what
    /// is read, and what is to be written with it.
    pub(super) fn extend_read(
        &mut self,
        thread: usize,
        number: Number,
        locked: bool,
        reading: values::Reading<'_>,
    ) -> ReadNow {
        let places = self.graph.writes(number).len();
        let mut chosen = None;
        let oldest = if self.looking() { places } else { self.known_now(thread, number) };
        for place in self.candidates(oldest, places) {
            let from = self.write_at(number, place);
            let value = self.value(number, from);
            let (order, new) = written(value, reading);
            let exclusive = new.is_some();
            let label = Label::Read { object: number, order, from, exclusive, locked };
            if place < places && !self.read_is_sequential(thread, label) {
                continue;
            }
            if exclusive && self.graph.taken(number, from, None) {
                // Two cannot read one write, but the earlier may read what this one would write.
                self.conflict(thread, label, (order, false));
                continue;
            }
            let another = (from, label, value, new, order);
            if let Some((_, label, ..)) = self.instead(&mut chosen, another, place - oldest) {
                self.push_plan(thread, label);
            }
        }
        // The newest write is read by no other read-modify-write, and may always be read.
        let (from, label, value, new, order) = chosen.expect("the newest write can be read");
        self.add(thread, label, value);
        (from, value, new.map(|new| (order, new)))
    }

    /// The write at a place of a word's order; 0 is what it was made with.
    pub(super) fn write_at(&self, number: Number, place: usize) -> Id {
        match place.checked_sub(1) {
            Some(place) => self.graph.writes(number)[place],
            None => Id::FIRST,
        }
    }

    /// The oldest place that a thread may read now of a word.
    pub(super) fn known_now(&self, thread: usize, number: Number) -> usize {
        let next = self.graph.threads[thread].len();
        let before = clocks::now(thread);
        known(&self.graph, &self.events, (thread, next), &before, number)
    }

    /// Leaves the graph with one more event to another run.
    pub(super) fn push_plan(&mut self, thread: usize, label: Label) {
        let mut plan = self.graph.clone();
        let event = plan.push(thread, label);
        plan.order.push(event);
        plan.news = thread;
        self.leave(plan);
    }

    /// Leaves a graph to another run.
    fn leave(&mut self, plan: Graph) {
        if self.looking() {
            return;
        }
        debug_assert!(sabotaged() || plan.sound(), "{plan:?}");
        #[cfg(debug_assertions)]
        debug_assert!(sabotaged() || self.allowed(&plan), "RC11 forbids {plan:?}");
        self.plans.push(plan);
    }

    /// Whether RC11 allows a plan as a whole, where that can be told by its labels and soon.
    #[cfg(debug_assertions)]
    fn allowed(&self, plan: &Graph) -> bool {
        const LARGE: usize = 24;
        let other = plan.len() > LARGE
            || self.started.iter().any(|by| !by.is_first())
            || self.states.iter().any(|states| !states.is_empty())
            || plan.events().any(|(_, label)| {
                matches!(label, Label::Join(_) | Label::Write { streamed: true, .. })
            });
        other || whole::allows(plan)
    }

    /// A read-modify-write that cannot stand, since another reads the same: what it would write may
    /// be read by those before it.
    pub(super) fn conflict(&mut self, thread: usize, read: Label, write: (Ordering, bool)) {
        if is(Sabotage::NoConflicts) || self.decides.is_some() || self.looking() {
            return;
        }
        let Label::Read { object, .. } = read else { return };
        let kept = (self.graph.clone(), self.events[thread].len());
        self.add(thread, read, 0);
        let (order, streamed) = write;
        let write = Label::Write { object, order, exclusive: true, streamed };
        let write = self.add(thread, write, 0);
        self.revisit(write);
        self.graph = kept.0;
        self.events[thread].truncate(kept.1);
    }

    /// Adds a write, or repeats it. `(order, exclusive, streamed)` is what it is.
    pub(super) fn write(
        &mut self,
        thread: usize,
        object: Number,
        (order, exclusive, streamed): (Ordering, bool, bool),
        value: u64,
    ) {
        let label = Label::Write { object, order, exclusive, streamed };
        let next = self.next(thread);
        let same = |label| matches!(label, Label::Write { object: other, .. } if other == object);
        if self.repeating && !next.is_some_and(same) {
            return self.astray();
        }
        let write = self.add(thread, label, value);
        values::touched(self.objects[object as usize], None, Some(write));
        if streamed {
            values::streamed(drained(&self.graph, &self.events, write));
        }
        if self.repeating {
            return;
        }
        if self.looking() {
            self.graph.writes_mut(object).push(write);
            // What threads wait for has no values: see `moves`.
            let plain = self.states[object as usize].is_empty();
            self.wrote_looking(plain && !self.leaves_the_value(object, write));
            return;
        }
        if self.decides.is_some() {
            let places = self.places(&self.graph, write, None);
            let place = self.place_of(&places);
            self.graph.writes_mut(object).insert(place, write);
            return;
        }
        self.revisit(write);
        let places = self.places(&self.graph, write, None);
        let last = places.last().copied().unwrap_or_default();
        for place in places {
            let mut plan = std::mem::take(&mut self.graph);
            plan.writes_mut(object).insert(place, write);
            plan.news = thread;
            if place == last {
                self.graph = plan;
            } else {
                let kept = {
                    let mut kept = plan.clone();
                    kept.writes_mut(object).remove(place);
                    kept
                };
                if !is(Sabotage::LastPlaceOnly) {
                    self.leave(plan);
                }
                self.graph = kept;
            }
        }
    }

    /// Leaves to other runs what comes of a write that was just added, if earlier reads read it.
    fn revisit(&mut self, write: Id) {
        let Label::Write { object, .. } = self.graph.label(write) else { return };
        for revisit in revisits(&self.graph, write, &self.started) {
            // Where it waits it reads this in the same run.
            if self.follows(revisit.read, write) {
                continue;
            }
            let mut revisit = revisit;
            // What threads wait for has states.
            if !self.states[object as usize].is_empty() {
                revisit.graph.held.push((revisit.read, write));
            }
            let mut places = self.places(&revisit.graph, write, Some(revisit.read));
            if is(Sabotage::LastPlaceAfterRevisit) {
                places = places.last().copied().into_iter().collect();
            }
            for place in places {
                let mut plan = revisit.graph.clone();
                plan.writes_mut(object).insert(place, write);
                self.leave(plan);
            }
        }
    }

    /// The places where a write may stand, which has none yet; `read` reads it, in a revisit.
    fn places(&self, graph: &Graph, write: Id, read: Option<Id>) -> Vec<usize> {
        let Label::Write { object, exclusive, .. } = graph.label(write) else { return Vec::new() };
        let writes = graph.writes(object);
        let known = |event: Id| {
            let at = (event.thread as usize, event.index as usize);
            let before = &self.events[at.0][at.1].before;
            known(graph, &self.events, at, before, object)
        };
        let least = known(write).max(read.map_or(0, known));
        let range = match exclusive.then(|| graph.reads_of(write)).flatten() {
            Some(from) => match graph.place(object, from) {
                // Another reads the same.
                _ if graph.taken(object, from, Some(write)) => return Vec::new(),
                Some(place) => place..=place,
                None => return Vec::new(),
            },
            None => 0..=writes.len(),
        };
        let may = |place: &usize| {
            *place == writes.len()
                || *place >= least
                    && !graph.exclusive(writes[*place])
                    && self.write_is_sequential(graph, write, *place, read)
        };
        range.filter(may).collect()
    }

    fn read_is_sequential(&self, thread: usize, read: Label) -> bool {
        if !sequential::needed(&self.graph, Some((thread, read))) {
            return true;
        }
        let mut graph = self.graph.clone();
        let event = graph.push(thread, read);
        sequential::holds(&graph, &self.events, event, None)
    }

    fn write_is_sequential(
        &self,
        graph: &Graph,
        write: Id,
        place: usize,
        read: Option<Id>,
    ) -> bool {
        if !sequential::needed(graph, None) {
            return true;
        }
        let Label::Write { object, .. } = graph.label(write) else { return true };
        let mut graph = graph.clone();
        graph.writes_mut(object).insert(place, write);
        sequential::holds(&graph, &self.events, write, read)
    }
}
