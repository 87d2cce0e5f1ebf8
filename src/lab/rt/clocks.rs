//! Happens-before clocks: which accesses to plain memory nothing orders.
//!
//! One vector clock a thread, one a released location, in the way of FastTrack. They follow the
//! orderings as written in the source, with release sequences (C++20: a read-modify-write
//! continues one, a plain store of another thread ends it) and fences, although the values come
//! from a sequentially consistent execution.

mod access;
mod behind;
mod called;
mod carried;
pub(super) mod changed;
mod contested;
mod sabotage;
pub(crate) mod streamed;
#[cfg(test)]
mod tests;
mod token;

use std::backtrace::Backtrace;
use std::sync::atomic::Ordering::{self, AcqRel, Acquire, Release, SeqCst};

pub(crate) use access::{Access, DataRace, Does};
use behind::Behind;
pub(super) use behind::{follows, freed, is_address, leads};
pub(crate) use called::{call_begins, call_ends};
pub(crate) use carried::{after_reading, goes_on, now, operation, part, would_carry};
pub(super) use changed::made;
pub(crate) use contested::contested;
#[cfg(test)]
pub(crate) use sabotage::SABOTAGE;
pub(crate) use sabotage::Sabotage;
use sabotage::is;
pub(crate) use token::{Token, acquire_quietly, apart, owners_have_ended, release_quietly};

use super::context;
use super::ended::Dead;
use super::observe::Seen;
use super::op::{Kind, MAX_THREADS, Object};
use super::slots::Slots;
use super::spot::Spot;
use super::values::Touched;
use called::Marks;
use carried::Carried;

pub(crate) type Clock = [u32; MAX_THREADS];

/// What is known of one object.
#[derive(Default)]
struct Known {
    /// What its newest value carries, or who gave it back last.
    carried: Clock,
    /// What the readers of a lock gave back, kept apart from what its writers did.
    readers: Clock,
    /// The last write to plain memory, and the reads since.
    write: Option<Access>,
    reads: Vec<Access>,
    /// The last use by each thread of what is no plain memory.
    uses: Vec<Access>,
}

/// The clocks of one execution.
#[derive(Default)]
pub(crate) struct Clocks {
    /// What each write carries, by its thread and its number there.
    carried: [Vec<Carried>; MAX_THREADS],
    now: [Clock; MAX_THREADS],
    /// What each thread's last release fence covers.
    released: [Clock; MAX_THREADS],
    /// What each thread's next acquire fence would take over.
    acquirable: [Clock; MAX_THREADS],
    known: Slots<Known>,
    behind: Behind,
    pub(super) dead: Vec<Dead>,
    pub(super) races: Vec<DataRace>,
    /// Blocks of the heap that were freed in an execution that is shown: where each lay, by which
    /// thread, and how that came there.
    pub(super) freed: Vec<(usize, usize, Backtrace)>,
    calls: Marks,
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

impl Clocks {
    /// Begins an execution: the harness's work on the memory comes before everything.
    pub(crate) fn begin(&mut self) {
        for thread in 0..MAX_THREADS {
            self.now[thread] = Clock::default();
            self.now[thread][thread] = 1;
            self.released[thread] = Clock::default();
            self.acquirable[thread] = Clock::default();
            self.carried[thread].clear();
        }
        self.known.clear();
        self.behind.clear();
        self.forget();
    }

    /// Forgets what has failed in the last execution: also where no clocks are kept, what has ended
    /// is remembered.
    pub(crate) fn forget(&mut self) {
        self.dead.clear();
        self.races.clear();
        self.freed.clear();
    }

    fn known(&mut self, object: Object) -> &mut Known {
        self.known.at(object)
    }

    fn acquire(&mut self, thread: usize, object: Object, order: Ordering) {
        let carried = self.known(object).carried;
        if acquires(order) || is(Sabotage::EveryLoadAcquires) {
            join(&mut self.now[thread], &carried);
        } else {
            join(&mut self.acquirable[thread], &carried);
        }
    }

    fn release(&mut self, thread: usize, object: Object, order: Ordering, continues: bool) {
        let clock = if releases(order) { self.now[thread] } else { self.released[thread] };
        let carried = &mut self.known(object).carried;
        let continues = continues || is(Sabotage::StoresContinue);
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
        let readers = self.known(object).readers;
        join(&mut self.now[thread], &readers);
    }

    fn unlock_read(&mut self, thread: usize, object: Object) {
        let now = self.now[thread];
        join(&mut self.known(object).readers, &now);
        self.now[thread][thread] += 1;
    }

    /// What a thread has done to a lock, or to a part of one, which it waited for.
    fn part(&mut self, thread: usize, kind: Kind, part: Object) {
        match kind {
            Kind::ReadLock => self.acquire(thread, part, Acquire),
            Kind::Lock => self.lock(thread, part),
            Kind::Unlock if is(Sabotage::NoUnlock) => {}
            Kind::Unlock => self.release(thread, part, Release, true),
            Kind::ReadUnlock => self.unlock_read(thread, part),
            _ => {}
        }
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

    pub(in crate::rt) fn by(&self, thread: usize, does: Does, at: Spot) -> Access {
        Access { thread, does, at, time: self.now[thread][thread] }
    }

    /// Whether nothing orders an earlier access before what its thread does now.
    pub(super) fn unordered(&self, first: &Access, thread: usize) -> bool {
        first.time > self.now[thread][first.thread]
    }

    /// An access to plain memory.
    fn access(&mut self, object: Object, address: usize, second: Access) {
        let now = self.now[second.thread];
        let unordered = |first: &Access| first.time > now[first.thread];
        let known = self.known(object);
        let mut races: [Option<Access>; MAX_THREADS] = [None; MAX_THREADS];
        races[0] = known.write.filter(unordered);
        if second.does == Does::Writes {
            let reads = known.reads.iter().filter(|read| unordered(read));
            for (place, read) in races[1..].iter_mut().zip(reads) {
                *place = Some(*read);
            }
            known.reads.clear();
            known.write = Some(second);
        } else {
            known.reads.retain(|read| read.thread != second.thread);
            if !is(Sabotage::ForgetReads) {
                known.reads.push(second);
            }
        }
        let races = races.into_iter().flatten();
        self.races.extend(races.map(|first| DataRace { first, second, address, object }));
    }

    /// An object was made: what others do with it must come after that.
    pub(super) fn made(&mut self, object: Object, access: Access) {
        if !is(Sabotage::MadeForAll) {
            self.known(object).write = Some(access);
        }
    }

    /// A use of what is no plain memory.
    fn uses(&mut self, object: Object, address: usize, access: Access) {
        let made = self.known(object).write.filter(|first| first.thread != access.thread);
        if let Some(first) = made.filter(|first| self.unordered(first, access.thread)) {
            self.races.push(DataRace { first, second: access, address, object });
        }
        let uses = &mut self.known(object).uses;
        match uses.iter_mut().find(|known| known.thread == access.thread) {
            Some(known) => *known = access,
            None => uses.push(access),
        }
    }

    /// The end of an object is a write to all of it.
    pub(super) fn end(&mut self, object: Object, address: usize, second: Access) {
        let known = self.known(object);
        let before =
            known.write.into_iter().chain(known.reads.drain(..)).chain(known.uses.drain(..));
        let before: Vec<Access> = before.collect();
        known.write = Some(second);
        for first in before {
            let apart = first.thread != second.thread && self.unordered(&first, second.thread);
            if apart && !is(Sabotage::EndsFreely) {
                self.races.push(DataRace { first, second, address, object });
            }
        }
    }

    fn ordered(&mut self, thread: usize, seen: &Seen, touched: &[Touched]) {
        self.behind.kept.performed(thread, seen);
        let object = seen.op.object;
        let order = seen.order.unwrap_or(SeqCst);
        // What it releases covers the use itself.
        let used = self.by(thread, Does::Uses, seen.at);
        if !behind::is_fence(seen) {
            self.settle(thread, false);
        }
        match seen.op.kind {
            Kind::Load => self.acquire(thread, object, order),
            Kind::Store => self.release(thread, object, order, false),
            Kind::Rmw => {
                self.acquire(thread, object, order);
                if seen.wrote.is_some() {
                    self.release(thread, object, order, true);
                }
            }
            Kind::Fence => {
                self.fence(thread, order);
                self.settle(thread, true);
                return self.pointed(seen, used);
            }
            kind @ (Kind::ReadLock | Kind::Lock | Kind::Unlock | Kind::ReadUnlock) => {
                let part = touched.iter().map(|touched| touched.object);
                let part = part.into_iter().find(|part| part.whole() == object);
                self.part(thread, kind, part.unwrap_or(object));
            }
            // A token orders what came before it; one who wakes without a reason has none.
            Kind::Park if seen.read == Some(1) => self.acquire(thread, object, Acquire),
            Kind::TryLock if seen.read == Some(1) => self.lock(thread, object),
            Kind::TryReadLock if seen.read == Some(1) => self.acquire(thread, object, Acquire),
            Kind::Unpark => self.release(thread, object, Release, true),
            Kind::Wait if seen.op.other != Object::NONE => {
                self.release(thread, seen.op.other, Release, true);
            }
            Kind::Spawn => {
                let child = seen.wrote.unwrap_or_default() as usize % MAX_THREADS;
                let clock = self.now[thread];
                join(&mut self.now[child], &clock);
                self.now[thread][thread] += 1;
                return;
            }
            Kind::Join => {
                let clock = self.now[object.ended_thread() % MAX_THREADS];
                return join(&mut self.now[thread], &clock);
            }
            Kind::CellRead | Kind::CellWrite => {
                let does = if seen.op.kind == Kind::CellWrite { Does::Writes } else { Does::Reads };
                let access = self.by(thread, does, seen.at);
                return self.access(object, seen.address, access);
            }
            Kind::End => {
                let access = self.by(thread, Does::Drops, seen.at);
                return self.end(object, seen.address, access);
            }
            // A notification wakes, and orders nothing: std promises that of the lock alone.
            Kind::NotifyOne | Kind::NotifyAll | Kind::Wake | Kind::Wait => {}
            Kind::TryLock | Kind::TryReadLock | Kind::LineUp | Kind::Park => {}
            Kind::ParkTimeout if seen.read == Some(1) => self.acquire(thread, object, Acquire),
            Kind::WakeTimeout | Kind::ParkTimeout => {}
            Kind::OnceEnd => self.release(thread, object, Release, true),
            Kind::Look | Kind::OnceBegin | Kind::OnceFound | Kind::OnceWait | Kind::Leave => {
                self.acquire(thread, object, Acquire);
            }
            Kind::Arrive => {
                self.acquire(thread, object, Acquire);
                self.release(thread, object, Release, true);
            }
            // What a message orders goes with the message: see `Token`. Its channel has no place.
            Kind::AddSender | Kind::Send | Kind::SyncSend | Kind::TrySend | Kind::Taken => return,
            Kind::Ready | Kind::Recv | Kind::TryRecv | Kind::RecvTimeout | Kind::HangUp => return,
            Kind::Yield | Kind::Local | Kind::Doze | Kind::Drain => return,
        }
        self.pointed(seen, used);
        self.uses(object, seen.address, used);
    }
}

pub(super) fn with<R>(f: impl FnOnce(&mut Clocks) -> R) -> R {
    context::with(|context| f(&mut context.clocks.borrow_mut()))
}

/// The races of this execution.
pub(crate) fn races() -> Vec<DataRace> {
    with(|clocks| clocks.races.clone())
}

/// Whether this execution has a race.
pub(crate) fn raced() -> bool {
    with(|clocks| !clocks.races.is_empty())
}

pub(super) fn quietly(f: impl FnOnce(&mut Clocks, usize)) {
    context::with(|context| {
        if context.watching.get() & context::CLOCKS != 0 && context.execution() != 0 {
            f(&mut context.clocks.borrow_mut(), context.current.get());
        }
    });
}

/// The harness goes on when its actors have ended: after all that they did.
pub(crate) fn joined(actors: usize) {
    quietly(|clocks, harness| {
        clocks.settle_all();
        for actor in 1..=actors {
            let clock = clocks.now[actor];
            join(&mut clocks.now[harness], &clock);
        }
    });
}
