//! An execution graph: what each thread did, which write each read reads from, and in which order
//! the writes to each word stand.

use std::sync::atomic::Ordering;

use serde::{Deserialize, Serialize};

use crate::rt::op::MAX_THREADS;
use crate::rt::values::Id;

/// A word, or what threads wait for, by its number in an exploration.
pub(super) type Number = u16;

/// One event of a thread. An event has no value: those belong to a run.
///
/// A read-modify-write is two events, which nothing comes between: a read and a write that are
/// `exclusive`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Label {
    Read {
        object: Number,
        order: Ordering,
        from: Id,
        exclusive: bool,
        /// One instruction that locks its word, whatever it then does. It is told by the operation
        /// and not by the value, so it stays where a read is made to read something else.
        locked: bool,
    },
    Write {
        object: Number,
        order: Ordering,
        exclusive: bool,
        streamed: bool,
    },
    /// Without an ordering it is one for streamed stores alone.
    Fence(Option<Ordering>),
    /// The end of this thread was waited for.
    Join(u8),
    /// What std allows without a reason does not happen, or happens, in the next operation.
    Whim(bool),
}

/// As in a token or a file: see [`Graph::packed`].
#[derive(Serialize, Deserialize)]
pub(super) struct Packed {
    threads: Vec<Vec<(u8, u16, Id)>>,
    mo: Vec<Vec<Id>>,
    order: Vec<Id>,
}

/// A graph, which is also a plan: whatever repeats it comes to the same point of the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Graph {
    /// By thread, in program order.
    pub(super) threads: Vec<Vec<Label>>,
    /// The modification order of each word, without the value that it was made with.
    pub(super) mo: Vec<Vec<Id>>,
    /// The events in the order in which they were added. It is not the order of any run: a read
    /// that is made to read something else keeps its place, and what it then reads stands behind it.
    pub(super) order: Vec<Id>,
    /// The thread whose last event is what this plan is about: nothing depends on that one, and no
    /// run has performed it yet.
    pub(super) news: usize,
    /// Reads that were made to wait, each with the writes at which it has waited, one after another:
    /// see [`super::held`].
    pub(super) held: Vec<(Id, Id)>,
    /// Where nobody goes on, those that wait in loops go round in it once more, and a time is up:
    /// after so many events nobody went on.
    pub(super) goes_round: Option<usize>,
}

impl Graph {
    pub(super) fn new() -> Graph {
        Graph { threads: vec![Vec::new(); MAX_THREADS], ..Graph::default() }
    }

    /// As new; what it had room for it keeps.
    pub(super) fn clear(&mut self) {
        self.threads.iter_mut().for_each(Vec::clear);
        self.mo.iter_mut().for_each(Vec::clear);
        self.order.clear();
        self.held.clear();
        (self.news, self.goes_round) = (0, None);
    }

    pub(super) fn label(&self, event: Id) -> Label {
        self.threads[event.thread as usize][event.index as usize]
    }

    /// What an event reads from, if it reads.
    pub(super) fn from(&self, event: Id) -> Option<Id> {
        match self.label(event) {
            Label::Read { from, .. } => Some(from),
            _ => None,
        }
    }

    /// The writes to a word in their order; none if nobody wrote it.
    pub(super) fn writes(&self, object: Number) -> &[Id] {
        self.mo.get(object as usize).map_or(&[], Vec::as_slice)
    }

    /// The same, to be changed.
    pub(super) fn writes_mut(&mut self, object: Number) -> &mut Vec<Id> {
        let object = object as usize;
        if self.mo.len() <= object {
            self.mo.resize(object + 1, Vec::new());
        }
        &mut self.mo[object]
    }

    /// The place of a write in the order of its word: 0 is what the word was made with.
    pub(super) fn place(&self, object: Number, write: Id) -> Option<usize> {
        if write.is_first() {
            return Some(0);
        }
        self.writes(object).iter().position(|other| *other == write).map(|place| place + 1)
    }

    /// Adds an event to a thread, not yet to the order of additions.
    pub(super) fn push(&mut self, thread: usize, label: Label) -> Id {
        let events = &mut self.threads[thread];
        events.push(label);
        Id::new(thread, events.len() - 1)
    }

    /// Whether another read-modify-write than `but` reads this write of a word.
    pub(super) fn taken(&self, object: Number, write: Id, but: Option<Id>) -> bool {
        let place = self.place(object, write).unwrap_or(usize::MAX);
        // If there is one, it stands right behind what it reads.
        self.writes(object).get(place).is_some_and(|next| {
            Some(*next) != but && self.exclusive(*next) && self.reads_of(*next) == Some(write)
        })
    }

    /// Whether a write is half of a read-modify-write.
    pub(super) fn exclusive(&self, write: Id) -> bool {
        matches!(self.label(write), Label::Write { exclusive: true, .. })
    }

    /// What the read-modify-write reads of which this is the write.
    pub(super) fn reads_of(&self, write: Id) -> Option<Id> {
        let read = write.index.checked_sub(1)?;
        self.from(Id { index: read, ..write })
    }

    /// Whether each write has one place, and each read-modify-write stands right behind what it
    /// reads; one that has yet to write counts as well.
    pub(super) fn sound(&self) -> bool {
        self.events().all(|(id, label)| match label {
            Label::Write { object, exclusive, .. } => {
                let place = self.writes(object).iter().filter(|write| **write == id).count();
                let at = self.writes(object).iter().position(|write| *write == id);
                let behind = || {
                    let from = self.reads_of(id).and_then(|from| self.place(object, from));
                    from == at
                };
                place == 1 && (!exclusive || behind())
            }
            Label::Read { from, exclusive: true, object, .. } => {
                let reads = |(other, label): (Id, Label)| {
                    other != id
                        && matches!(label, Label::Read { from: of, exclusive: true, object: on, .. }
                            if of == from && on == object)
                };
                !self.events().any(reads)
            }
            _ => true,
        })
    }

    /// The writes at which a read has waited; the first made it wait.
    pub(super) fn held(&self, read: Id) -> impl DoubleEndedIterator<Item = Id> {
        self.held.iter().filter(move |held| held.0 == read).map(|held| held.1)
    }

    /// What makes it another graph.
    #[cfg(test)]
    pub(super) fn shape(&self) -> (Vec<Vec<Label>>, Vec<Vec<Id>>) {
        let mut mo = self.mo.clone();
        while mo.last().is_some_and(Vec::is_empty) {
            mo.pop();
        }
        (self.threads.clone(), mo)
    }

    /// How many events it has.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// Every event, thread by thread.
    pub(super) fn events(&self) -> impl Iterator<Item = (Id, Label)> {
        self.threads.iter().enumerate().flat_map(|(thread, labels)| {
            labels.iter().enumerate().map(move |(index, label)| (Id::new(thread, index), *label))
        })
    }

    /// The graph with other numbers of its objects: each has the one at its place in `numbers`.
    pub(super) fn renumbered(mut self, numbers: &[Number]) -> Graph {
        for label in self.threads.iter_mut().flatten() {
            match label {
                Label::Read { object, .. } | Label::Write { object, .. } => {
                    *object = numbers[usize::from(*object)];
                }
                Label::Fence(_) | Label::Join(_) | Label::Whim(_) => {}
            }
        }
        let most = numbers.iter().max().map_or(0, |most| usize::from(*most) + 1);
        let mo = std::mem::replace(&mut self.mo, vec![Vec::new(); most]);
        for (number, writes) in numbers.iter().zip(mo) {
            // An object that is not touched may have the number of another.
            if !writes.is_empty() {
                self.mo[usize::from(*number)] = writes;
            }
        }
        self
    }

    /// As it is written: labels without what a run finds out anew.
    pub(super) fn packed(&self) -> Packed {
        let short = |label: &Label| match *label {
            Label::Read { object, from, exclusive, .. } => (5 * exclusive as u8, object, from),
            Label::Write { object, exclusive, .. } => (1 + 5 * exclusive as u8, object, Id::FIRST),
            Label::Fence(_) => (2, 0, Id::FIRST),
            Label::Join(thread) => (3, thread.into(), Id::FIRST),
            Label::Whim(happens) => (4, happens.into(), Id::FIRST),
        };
        let used = self.threads.iter().rposition(|labels| !labels.is_empty()).map_or(0, |t| t + 1);
        let threads = self.threads[..used].iter();
        Packed {
            threads: threads.map(|labels| labels.iter().map(short).collect()).collect(),
            mo: self.mo.clone(),
            order: self.order.clone(),
        }
    }
}

impl Packed {
    /// The plan again; none if it is damaged.
    pub(super) fn plan(self) -> Option<Graph> {
        let long = |&(kind, object, from): &(u8, u16, Id)| {
            let order = Ordering::Relaxed;
            Some(match kind {
                0 | 5 => Label::Read { object, order, from, exclusive: kind == 5, locked: false },
                1 | 6 => Label::Write { object, order, exclusive: kind == 6, streamed: false },
                2 => Label::Fence(None),
                3 => Label::Join(u8::try_from(object).ok()?),
                4 => Label::Whim(object != 0),
                _ => return None,
            })
        };
        let threads = self.threads.iter().map(|labels| labels.iter().map(long).collect());
        let mut threads = threads.collect::<Option<Vec<Vec<Label>>>>()?;
        (threads.len() <= MAX_THREADS).then(|| threads.resize(MAX_THREADS, Vec::new()))?;
        let (mo, order, goes_round) = (self.mo, self.order, Some(0));
        Some(Graph { threads, mo, order, goes_round, ..Graph::default() })
    }
}
