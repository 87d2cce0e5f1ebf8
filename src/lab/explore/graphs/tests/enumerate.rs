//! Every graph that RC11 allows, breadth first: each order of adding events, duplicates removed.
//!
//! A read-modify-write is one event here, and each mutex is one more word. A lock for readers is a
//! mutex for each thread, of which a writer takes all ([`in_mutexes`]); the [`buffers`](super::buffers)
//! know it as it is.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::Ordering::{self, Acquire, Relaxed, Release};

use super::formula::judge;
use super::program::{Counts, Do, Ends, LOCKS, Program, WORDS};

/// The words, each mutex as one, and one for each thread of the lock for readers.
pub(super) const LOCS: usize = WORDS + LOCKS + 4;

/// The same program with mutexes alone.
fn in_mutexes(program: &Program) -> Program {
    let threads = program.len();
    let steps = |(thread, steps): (usize, &Vec<Do>)| {
        let step = |step: &Do| match *step {
            Do::ReadLock => vec![Do::Lock(LOCKS + thread)],
            Do::ReadUnlock => vec![Do::Unlock(LOCKS + thread)],
            Do::WriteLock => (0..threads).map(|part| Do::Lock(LOCKS + part)).collect(),
            Do::WriteUnlock => (0..threads).map(|part| Do::Unlock(LOCKS + part)).collect(),
            step => vec![step],
        };
        steps.iter().flat_map(step).collect()
    };
    program.iter().enumerate().map(steps).collect()
}

/// An event by its thread and its place there; or what a word was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Id {
    pub(super) thread: u8,
    pub(super) index: u8,
}

impl Id {
    pub(super) fn new(thread: usize, index: usize) -> Id {
        Id { thread: thread as u8, index: index as u8 }
    }
    pub(super) fn first(word: usize) -> Id {
        Id { thread: u8::MAX, index: word as u8 }
    }
    pub(super) fn is_first(self) -> bool {
        self.thread == u8::MAX
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sort {
    Read,
    Write,
    Update,
    Fence,
    /// A fence for streamed stores alone.
    Drain,
    CellRead,
    CellWrite,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Event {
    pub(super) sort: Sort,
    pub(super) word: usize,
    pub(super) order: Ordering,
    read: u64,
    wrote: u64,
    pub(super) from: Id,
    pub(super) streamed: bool,
    /// Streamed stores before it are seen by all.
    pub(super) drains: bool,
}

impl Event {
    pub(super) fn reads(&self) -> bool {
        matches!(self.sort, Sort::Read | Sort::Update)
    }
    pub(super) fn writes(&self) -> bool {
        matches!(self.sort, Sort::Write | Sort::Update)
    }
    /// Whether it leaves the word as it was.
    fn same(&self) -> bool {
        self.sort == Sort::Update && self.read == self.wrote
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Graph {
    pub(super) threads: Vec<Vec<Event>>,
    pub(super) mo: [Vec<Id>; LOCS],
}

/// What a thread does next.
enum Next {
    Does(Do),
    /// It has read that it must wait.
    Waits,
    Ends,
}

/// What a thread does next that has made these events, and its registers. A waiting loop goes round
/// again if the thread has written since it last yielded, as the engine promises; then it waits.
fn next(program: &[Do], events: &[Event]) -> (Next, Vec<u64>) {
    let (mut at, mut wrote) = (0, false);
    let mut registers = Vec::new();
    let mut events = events.iter();
    loop {
        let Some(&step) = program.get(at) else { return (Next::Ends, registers) };
        at += 1;
        if let Do::When(register, value, left_out) = step {
            at += if registers.get(register) == Some(&value) { 0 } else { left_out };
            continue;
        }
        let Some(event) = events.next() else { return (Next::Does(step), registers) };
        wrote |= event.writes() && !event.same();
        let again = match step {
            Do::Await(_, value, _) => event.read != value,
            Do::Take(..) | Do::TakeSwap(..) => event.read != 0,
            Do::Lock(_) if event.sort == Sort::Read => return (Next::Waits, registers),
            _ => false,
        };
        if again {
            if !std::mem::take(&mut wrote) {
                return (Next::Waits, registers);
            }
            at -= 1;
        } else if event.reads() && !matches!(step, Do::Lock(_) | Do::Unlock(_)) {
            registers.push(event.read);
        }
    }
}

impl Graph {
    fn value(&self, write: Id) -> u64 {
        match write.is_first() {
            true => 0,
            false => self.threads[write.thread as usize][write.index as usize].wrote,
        }
    }

    fn ends(&self, program: &Program) -> Ends {
        let threads = program.iter().zip(&self.threads);
        let words = self.mo[..WORDS].iter();
        (
            threads.map(|(program, events)| next(program, events).1).collect(),
            words.map(|writes| writes.last().map_or(0, |write| self.value(*write))).collect(),
        )
    }

    /// The graphs with one more event of a thread that reads this word, by every write of it.
    fn reading(
        &self,
        thread: usize,
        word: usize,
        does: impl Fn(u64) -> (Ordering, Option<u64>),
        locked: bool,
    ) -> Vec<Graph> {
        let writes = std::iter::once(Id::first(word)).chain(self.mo[word].iter().copied());
        let one = |(place, from): (usize, Id)| {
            let read = self.value(from);
            let (order, wrote) = does(read);
            let sort = if wrote.is_some() { Sort::Update } else { Sort::Read };
            let wrote = wrote.unwrap_or(0);
            let event = Event { word, read, wrote, from, drains: locked, ..plain(sort, order) };
            let mut graph = self.clone();
            if sort == Sort::Update {
                graph.mo[word].insert(place, Id::new(thread, self.threads[thread].len()));
            }
            graph.threads[thread].push(event);
            graph
        };
        writes.enumerate().map(one).collect()
    }

    fn writing(&self, thread: usize, word: usize, event: Event) -> Vec<Graph> {
        let place = |place: usize| {
            let mut graph = self.clone();
            graph.mo[word].insert(place, Id::new(thread, self.threads[thread].len()));
            graph.threads[thread].push(event.clone());
            graph
        };
        (0..=self.mo[word].len()).map(place).collect()
    }

    /// The graphs with one more event, this thread's next instruction.
    fn extended(&self, thread: usize, step: Do) -> Vec<Graph> {
        let alone = |event: Event| {
            let mut graph = self.clone();
            graph.threads[thread].push(event);
            vec![graph]
        };
        let if_free = |order| {
            move |value| match value {
                0 => (order, Some(1)),
                _ => (Relaxed, None),
            }
        };
        match step {
            Do::Load(x, order) | Do::Await(x, _, order) => {
                self.reading(thread, x, |_| (order, None), false)
            }
            Do::Add(x, v, order) => {
                self.reading(thread, x, |old| (order, Some(old.wrapping_add(v))), true)
            }
            Do::Swap(x, v, order) => self.reading(thread, x, |_| (order, Some(v)), true),
            Do::TakeSwap(x, order) => self.reading(thread, x, |_| (order, Some(1)), true),
            Do::Take(x, order) => self.reading(thread, x, if_free(order), true),
            Do::Lock(lock) | Do::TryLock(lock) => {
                self.reading(thread, WORDS + lock, if_free(Acquire), true)
            }
            Do::Unlock(lock) => self.reading(thread, WORDS + lock, |_| (Release, Some(0)), true),
            Do::Exchange(x, old, new, success, failure) => {
                let does = |value| match value == old {
                    true => (success, Some(new)),
                    false => (failure, None),
                };
                self.reading(thread, x, does, true)
            }
            Do::Store(word, wrote, order) => {
                let drains = order == Ordering::SeqCst;
                let event = Event { word, wrote, drains, ..plain(Sort::Write, order) };
                self.writing(thread, word, event)
            }
            Do::Stream(word, wrote) => {
                let event = Event { word, wrote, streamed: true, ..plain(Sort::Write, Relaxed) };
                self.writing(thread, word, event)
            }
            Do::Fence(order) => {
                let drains = order == Ordering::SeqCst;
                alone(Event { drains, ..plain(Sort::Fence, order) })
            }
            Do::Drain => alone(Event { drains: true, ..plain(Sort::Drain, Relaxed) }),
            Do::Read(word) => alone(Event { word, ..plain(Sort::CellRead, Relaxed) }),
            Do::Write(word) => alone(Event { word, ..plain(Sort::CellWrite, Relaxed) }),
            Do::ReadLock | Do::ReadUnlock | Do::WriteLock | Do::WriteUnlock => {
                unreachable!("the program is in mutexes")
            }
            Do::When(..) => unreachable!("no instruction of its own"),
        }
    }

    /// Whether a thread that waits would find the same if it looked again.
    fn waits_for_good(&self, thread: usize) -> bool {
        let Some(event) = self.threads[thread].last() else { return false };
        let writes = &self.mo[event.word];
        let place = writes.iter().position(|write| *write == event.from).map_or(0, |at| at + 1);
        !writes[place..].iter().any(|write| {
            let other = &self.threads[write.thread as usize][write.index as usize];
            write.thread as usize != thread && !other.same()
        })
    }
}

/// An event that touches nothing.
fn plain(sort: Sort, order: Ordering) -> Event {
    let from = Id::first(0);
    Event { sort, word: 0, order, read: 0, wrote: 0, from, streamed: false, drains: false }
}

/// What the enumerator finds.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) ends: Counts,
    pub(super) raced: bool,
    /// Some execution ends with threads that wait for good.
    pub(super) stuck: bool,
}

/// Every graph of a program that RC11 allows; none where there are too many parts of graphs.
pub(super) fn every_graph(program: &Program, most: usize) -> Option<Found> {
    let program = &in_mutexes(program);
    let start = Graph { threads: vec![Vec::new(); program.len()], ..Graph::default() };
    let mut found = Found::default();
    let mut seen = HashSet::new();
    let mut ends: HashMap<Ends, u64> = HashMap::new();
    let mut todo = vec![start];
    while let Some(graph) = todo.pop() {
        let (mut goes_on, mut waits, mut for_good) = (false, false, true);
        for (thread, program) in program.iter().enumerate() {
            match next(program, &graph.threads[thread]).0 {
                Next::Ends => {}
                Next::Waits => {
                    waits = true;
                    for_good &= graph.waits_for_good(thread);
                }
                Next::Does(step) => {
                    goes_on = true;
                    for more in graph.extended(thread, step) {
                        if !seen.contains(&more) {
                            if judge(&more).consistent {
                                todo.push(more.clone());
                            }
                            seen.insert(more);
                        }
                    }
                }
            }
        }
        if seen.len() > most {
            return None;
        }
        if !goes_on {
            found.raced |= judge(&graph).raced;
            found.stuck |= waits && for_good;
            if !waits {
                *ends.entry(graph.ends(program)).or_default() += 1;
            }
        }
    }
    found.ends = ends.into_iter().collect();
    Some(found)
}
