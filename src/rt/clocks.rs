//! Happens-before clocks: which accesses to plain memory nothing orders.
//!
//! One vector clock a thread, one a released location, in the way of FastTrack. They follow the
//! orderings as written in the source, with release sequences (C++20: a read-modify-write
//! continues one, a plain store of another thread ends it) and fences, although the values come
//! from a sequentially consistent execution.

#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::panic::Location;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

use super::observe::Seen;
use super::op::{Kind, MAX_THREADS, Object};

type Clock = [u32; MAX_THREADS];

/// One access to plain memory.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Access {
    pub(crate) thread: usize,
    pub(crate) write: bool,
    pub(crate) at: &'static Location<'static>,
    time: u32,
}

impl Access {
    /// One that was recorded without a clock.
    pub(crate) fn recorded(thread: usize, write: bool, at: &'static Location<'static>) -> Access {
        Access { thread, write, at, time: 0 }
    }
}

/// Two accesses that nothing orders, at least one of them a write.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DataRace {
    pub(crate) first: Access,
    pub(crate) second: Access,
    pub(crate) address: usize,
}

#[derive(Default)]
struct Plain {
    object: Object,
    write: Option<Access>,
    reads: Vec<Access>,
}

#[derive(Default)]
struct Clocks {
    now: [Clock; MAX_THREADS],
    /// What each thread's last release fence covers.
    released: [Clock; MAX_THREADS],
    /// What each thread's next acquire fence would take over.
    acquirable: [Clock; MAX_THREADS],
    /// What the newest value of each location carries.
    carried: Vec<(Object, Clock)>,
    plain: Vec<Plain>,
    races: Vec<DataRace>,
}

thread_local! {
    static CLOCKS: RefCell<Clocks> = RefCell::new(Clocks::default());
}

/// Ways to break the clocks on purpose: the tests must notice each. Compiled only for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(not(test), allow(dead_code))]
enum Sabotage {
    /// Every load acquires.
    EveryLoadAcquires,
    /// Fences order nothing.
    NoFences,
    /// Giving a lock back releases nothing.
    NoUnlock,
    /// Reads are forgotten: only a write can be raced.
    ForgetReads,
    /// A read-modify-write ends a release sequence, as a plain store does.
    BrokenSequence,
}

#[cfg(test)]
thread_local! {
    static SABOTAGE: std::cell::Cell<Option<Sabotage>> = const { std::cell::Cell::new(None) };
}

#[cfg(test)]
fn is(sabotage: Sabotage) -> bool {
    SABOTAGE.get() == Some(sabotage)
}

#[cfg(not(test))]
#[inline(always)]
fn is(_: Sabotage) -> bool {
    false
}

fn join(into: &mut Clock, from: &Clock) {
    for (a, b) in into.iter_mut().zip(from) {
        *a = (*a).max(*b);
    }
}

fn acquires(order: Ordering) -> bool {
    matches!(order, Acquire | AcqRel | SeqCst)
}

fn releases(order: Ordering) -> bool {
    matches!(order, Release | AcqRel | SeqCst)
}

/// What the readers of a lock gave back, kept apart from what its writers did.
fn readers(object: Object) -> Object {
    Object(object.0 | 1 << 23)
}

impl Clocks {
    fn carried(&mut self, object: Object) -> &mut Clock {
        let index = match self.carried.iter().position(|carried| carried.0 == object) {
            Some(index) => index,
            None => {
                self.carried.push((object, Clock::default()));
                self.carried.len() - 1
            }
        };
        &mut self.carried[index].1
    }

    fn acquire(&mut self, thread: usize, object: Object, order: Ordering) {
        let carried = *self.carried(object);
        if acquires(order) || is(Sabotage::EveryLoadAcquires) {
            join(&mut self.now[thread], &carried);
        } else {
            join(&mut self.acquirable[thread], &carried);
        }
    }

    fn release(&mut self, thread: usize, object: Object, order: Ordering, continues: bool) {
        let clock = if releases(order) { self.now[thread] } else { self.released[thread] };
        let carried = self.carried(object);
        if continues && !is(Sabotage::BrokenSequence) {
            join(carried, &clock);
        } else {
            *carried = clock;
        }
        if releases(order) {
            self.now[thread][thread] += 1;
        }
    }

    /// A lock for one alone comes after all readers; readers come only after the last writer.
    fn lock(&mut self, thread: usize, object: Object) {
        self.acquire(thread, object, Acquire);
        self.acquire(thread, readers(object), Acquire);
    }

    fn fence(&mut self, thread: usize, order: Ordering) {
        if is(Sabotage::NoFences) {
            return;
        }
        if acquires(order) {
            let clock = self.acquirable[thread];
            join(&mut self.now[thread], &clock);
        }
        if releases(order) {
            self.released[thread] = self.now[thread];
            self.now[thread][thread] += 1;
        }
    }

    fn access(&mut self, object: Object, address: usize, second: Access) {
        let now = self.now[second.thread];
        let index = match self.plain.iter().position(|plain| plain.object == object) {
            Some(index) => index,
            None => {
                self.plain.push(Plain { object, ..Plain::default() });
                self.plain.len() - 1
            }
        };
        let plain = &mut self.plain[index];
        let unordered = |first: &Access| first.time > now[first.thread];
        if let Some(first) = plain.write.filter(unordered) {
            self.races.push(DataRace { first, second, address });
        }
        if second.write {
            for &first in plain.reads.iter().filter(|read| unordered(read)) {
                self.races.push(DataRace { first, second, address });
            }
            plain.reads.clear();
            plain.write = Some(second);
        } else {
            plain.reads.retain(|read| read.thread != second.thread);
            if !is(Sabotage::ForgetReads) {
                plain.reads.push(second);
            }
        }
    }
}

/// Begins an execution: the harness's work on the memory comes before everything.
pub(crate) fn begin() {
    CLOCKS.with(|clocks| {
        let clocks = &mut *clocks.borrow_mut();
        for thread in 0..MAX_THREADS {
            clocks.now[thread] = Clock::default();
            clocks.now[thread][thread] = 1;
            clocks.released[thread] = Clock::default();
            clocks.acquirable[thread] = Clock::default();
        }
        clocks.carried.clear();
        clocks.plain.clear();
        clocks.races.clear();
    });
}

/// The races of this execution.
pub(crate) fn races() -> Vec<DataRace> {
    CLOCKS.with(|clocks| clocks.borrow().races.clone())
}

/// Whether this execution has a race.
pub(crate) fn raced() -> bool {
    CLOCKS.with(|clocks| !clocks.borrow().races.is_empty())
}

pub(crate) fn operation(thread: usize, seen: &Seen) {
    let object = seen.op.object;
    let order = seen.order.unwrap_or(SeqCst);
    CLOCKS.with(|clocks| {
        let clocks = &mut *clocks.borrow_mut();
        match seen.op.kind {
            Kind::Load => clocks.acquire(thread, object, order),
            Kind::Store => clocks.release(thread, object, order, false),
            Kind::Rmw => {
                clocks.acquire(thread, object, order);
                if seen.wrote.is_some() {
                    clocks.release(thread, object, order, true);
                }
            }
            Kind::Fence => clocks.fence(thread, order),
            Kind::ReadLock | Kind::Wake | Kind::Park => clocks.acquire(thread, object, Acquire),
            Kind::Lock => clocks.lock(thread, object),
            Kind::TryLock if seen.read == Some(1) => clocks.lock(thread, object),
            Kind::TryReadLock if seen.read == Some(1) => clocks.acquire(thread, object, Acquire),
            Kind::Unlock if is(Sabotage::NoUnlock) => {}
            Kind::Unlock | Kind::Unpark | Kind::NotifyOne | Kind::NotifyAll => {
                clocks.release(thread, object, Release, true);
            }
            Kind::ReadUnlock => clocks.release(thread, readers(object), Release, true),
            Kind::Wait => clocks.release(thread, seen.op.other, Release, true),
            Kind::Spawn => {
                let child = seen.wrote.unwrap_or_default() as usize % MAX_THREADS;
                let clock = clocks.now[thread];
                join(&mut clocks.now[child], &clock);
                clocks.now[thread][thread] += 1;
            }
            Kind::Join => {
                let clock = clocks.now[object.ended_thread() % MAX_THREADS];
                join(&mut clocks.now[thread], &clock);
            }
            Kind::CellRead | Kind::CellWrite => {
                let write = seen.op.kind == Kind::CellWrite;
                let time = clocks.now[thread][thread];
                clocks.access(object, seen.address, Access { thread, write, at: seen.at, time });
            }
            Kind::TryLock | Kind::TryReadLock | Kind::Yield | Kind::Local => {}
        }
    });
}
